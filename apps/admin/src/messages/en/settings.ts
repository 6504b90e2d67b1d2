/** What the organisation says of itself to its users. */
export const settings = {
  title: 'Settings',
  text: 'What applies to the whole organisation.',
  helpdesk: {
    title: 'Helpdesk',
    text: 'Whom users ask when they cannot get in. It stands on the alternate-info pages, at the sign-in, in the emergency mailbox, in every notice and on the wallet card. It must work while Office 365 does not.',
    missing: 'Not said yet: pages and notices name nobody.',
    name: 'Name',
    nameHint: 'As people know it, such as “IT helpdesk”.',
    phone: 'Telephone',
    phoneHint: 'With the country, as you write it: +49 30 5550 100.',
    email: 'Email address',
    emailHint: 'Outside of your Office 365.',
    url: 'Page',
    urlHint: 'Outside of Microsoft 365, such as a status page. Begins with https://.',
    hours: 'When',
    hoursHint: 'In your own words: Mon–Fri 8–18, during an outage always.',
    save: 'Save',
    remove: 'Name nobody',
    saved: 'The helpdesk is saved. Pages show it at once, notices from the next one.',
    removed: 'Nobody is named any more.',
  },
};

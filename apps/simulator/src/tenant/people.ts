import type { Licence } from './recipient.ts';

/** One row of the tenant's staff list. What is left out has a plain default in directory-seed.ts. */
export interface PersonSeed {
  readonly given: string;
  readonly family: string;
  /** As written by the person; given and family name otherwise. */
  readonly displayName?: string;
  /** Local part of the primary address; `given.family` otherwise. */
  readonly localPart?: string;
  /** Short alias in the manner of Microsoft's demo tenants. */
  readonly alias: string;
  /** Local parts beside it, for offices that a person holds. */
  readonly offices?: readonly string[];
  readonly jobTitle: string;
  readonly department: string;
  readonly language: string;
  readonly location: string;
  readonly mobile?: string;
  readonly otherMail?: string;
  readonly licence?: Licence;
  readonly disabled?: true;
}

const person = (
  given: string,
  family: string,
  alias: string,
  jobTitle: string,
  department: string,
  more: Partial<PersonSeed> = {},
): PersonSeed => ({
  given,
  family,
  alias,
  jobTitle,
  department,
  language: 'en-US',
  location: 'US',
  ...more,
});

export const PEOPLE: readonly PersonSeed[] = [
  person('Adele', 'Vance', 'adelev', 'Retail Manager', 'Retail', {
    // Whoever sets the product up signs in with it, and is told there what needs an administrator.
    offices: ['admin'],
    mobile: '+1 425 555 0109',
    otherMail: 'adele.vance@posteo.example',
  }),
  person('Megan', 'Bowen', 'meganb', 'Marketing Manager', 'Marketing', {
    mobile: '+1 412 555 0100',
    otherMail: 'megan.bowen@posteo.example',
  }),
  person('Diego', 'Siciliani', 'diegos', 'HR Manager', 'HR', { mobile: '+1 205 555 0108' }),
  person('Grady', 'Archie', 'gradya', 'Designer', 'R&D', {
    otherMail: 'grady.archie@posteo.example',
  }),
  person('Isaiah', 'Langer', 'isaiahl', 'Sales Rep', 'Sales', { mobile: '+1 918 555 0101' }),
  person('Lynne', 'Robbins', 'lynner', 'Planner', 'Retail', { mobile: '+1 918 555 0104' }),
  person('Patti', 'Fernandez', 'pattif', 'President', 'Executive Management', {
    mobile: '+1 502 555 0102',
    otherMail: 'patti.fernandez@posteo.example',
  }),
  person('Lee', 'Gu', 'leeg', 'Director', 'Manufacturing', { mobile: '+1 913 555 0101' }),
  person('Alex', 'Wilber', 'alexw', 'Marketing Assistant', 'Marketing', {
    mobile: '+1 858 555 0110',
  }),
  person('Nestor', 'Wilke', 'nestorw', 'Director', 'Operations', { mobile: '+1 206 555 0105' }),
  person('Christie', 'Cline', 'christiec', 'Buyer', 'Retail', { licence: 'standard' }),
  person('Debra', 'Berger', 'debrab', 'Administrative Assistant', 'Executive Management', {
    otherMail: 'debra.berger@posteo.example',
  }),
  person('Enrico', 'Cattaneo', 'enricoc', 'Attorney', 'Legal', {
    language: 'it-IT',
    location: 'IT',
    mobile: '+39 312 555 0117',
  }),
  person('Henrietta', 'Mueller', 'henriettam', 'Marketing Assistant', 'Marketing', {
    language: 'de-DE',
    location: 'DE',
    mobile: '+49 1512 5550112',
  }),
  person('Irvin', 'Sayers', 'irvins', 'Project Manager', 'R&D'),
  person('Johanna', 'Lorenz', 'johannal', 'Senior Engineer', 'Manufacturing', {
    language: 'de-DE',
    location: 'DE',
    mobile: '+49 1512 5550121',
    otherMail: 'johanna.lorenz@posteo.example',
  }),
  person('Joni', 'Sherman', 'jonis', 'Paralegal', 'Legal', { mobile: '+1 980 555 0101' }),
  person('Jordan', 'Miller', 'jordanm', 'Accountant', 'Finance', { licence: 'standard' }),
  person('Miriam', 'Graham', 'miriamg', 'Director', 'Sales', { mobile: '+1 858 555 0109' }),
  person('Pradeep', 'Gupta', 'pradeepg', 'Accountant', 'Finance', {
    language: 'hi-IN',
    location: 'IN',
    mobile: '+91 98765 55108',
  }),
  person('Raul', 'Razo', 'raulr', 'Store Clerk', 'Retail', { licence: 'frontline' }),
  person('Jürgen', 'Weiß', 'juergenw', 'Einkaufsleiter', 'Purchasing', {
    localPart: 'juergen.weiss',
    language: 'de-DE',
    location: 'DE',
    mobile: '+49 1512 5550133',
  }),
  person('Amélie', 'Lefèvre', 'ameliel', 'Responsable logistique', 'Operations', {
    localPart: 'amelie.lefevre',
    language: 'fr-FR',
    location: 'FR',
    mobile: '+33 6 39 98 01 23',
    otherMail: 'amelie.lefevre@posteo.example',
  }),
  person('Yuki', 'Tanaka', 'yukit', '営業部長', 'Sales', {
    displayName: '田中 由紀',
    language: 'ja-JP',
    location: 'JP',
    mobile: '+81 90 5550 0142',
  }),
  person('Wei', 'Zhang', 'weiz', '采购经理', 'Purchasing', {
    displayName: '张伟',
    language: 'zh-CN',
    location: 'CN',
    mobile: '+86 138 5550 0151',
  }),
  person('Layla', 'Haddad', 'laylah', 'مديرة المبيعات', 'Sales', {
    displayName: 'ليلى حداد',
    language: 'ar-AE',
    location: 'AE',
    mobile: '+971 50 555 0163',
  }),
  person('Minji', 'Kim', 'minjik', '디자이너', 'Marketing', {
    displayName: '김민지',
    language: 'ko-KR',
    location: 'KR',
  }),
  person('Allan', 'Deyoung', 'alland', 'IT Admin', 'IT', {
    mobile: '+1 262 555 0106',
    otherMail: 'allan.deyoung@posteo.example',
  }),
  // Left the company: blocked from signing in, mailbox and licence still there.
  person('Brian', 'Johnson', 'brianj', 'Former Tax Accountant', 'Finance', { disabled: true }),
  person('Cameron', 'White', 'cameronw', 'Former Trader', 'Sales', { disabled: true }),
  // Directory accounts without an Exchange licence: no mailbox, no address.
  person('Delia', 'Dennis', 'deliad', 'Contractor', 'R&D', { licence: 'none' }),
  person('Gerhart', 'Moller', 'gerhartm', 'Contractor', 'Manufacturing', { licence: 'none' }),
];

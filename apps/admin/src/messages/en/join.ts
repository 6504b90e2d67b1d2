/** What somebody sees who was asked to administer. */
export const join = {
  title: 'Welcome',
  text: 'You were asked to help run Email Continuity. Choose a password; your email address is the one that the invitation came to.',
  noToken: 'This link is not complete. Open the whole link of the invitation.',
  submit: 'Accept and sign in',
};

/** What the first administrator reads. */
export const setUp = {
  title: 'Set up Holdfast',
  text: 'You are the first administrator. This link works once.',
  organisation: 'Organisation',
  name: 'Your name',
  email: 'Email',
  emailHint: 'One that works while Office 365 is down is best.',
  password: 'Password',
  passwordHint: 'At least 12 characters. A sentence is fine.',
  submit: 'Create organisation',
  noToken: 'The set-up link is incomplete',
  noTokenText:
    'The address must end with # and the token that holdfast start printed. Copy the whole line from the terminal.',
};

/** What the sign-in page says. */
export const signIn = {
  title: 'Sign in',
  text: 'Administration of email continuity. This sign-in does not need Microsoft.',
  email: 'Email',
  password: 'Password',
  show: 'Show',
  hide: 'Hide',
  submit: 'Sign in',
};

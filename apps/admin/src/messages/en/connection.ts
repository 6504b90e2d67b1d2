/** What the Connection page says. */
export const connection = {
  title: 'Connection',
  text: 'How Holdfast reads your directory and configures Office 365. Emergency sign-in and notices do not depend on it.',
  directory: 'Directory',
};

/** What people chose last on this device: it holds for what they begin next. */
const CHOICE = 'holdfast.formatting';

export function isFormattingChosen(): boolean {
  try {
    return localStorage.getItem(CHOICE) === 'on';
  } catch {
    return false;
  }
}

export function chooseFormatting(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(CHOICE, 'on');
    else localStorage.removeItem(CHOICE);
  } catch {
    // Blocked: then it holds for this message.
  }
}

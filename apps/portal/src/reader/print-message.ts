import './print.css';

/** Wide enough for a sheet of A4 or Letter between its margins. The style sheet knows the class. */
const PRINTING = 'printing';
/** For the frame to be measured at the width of the sheet. */
const FRAMES = 3;

/** Prints the message alone: its head and its text, laid out for paper first, since a frame does not do so by itself. */
export function printMessage(): void {
  const { classList } = document.documentElement;
  classList.add(PRINTING);
  addEventListener('afterprint', () => classList.remove(PRINTING), { once: true });
  afterFrames(FRAMES, () => print());
}

function afterFrames(count: number, run: () => void): void {
  if (count === 0) run();
  else requestAnimationFrame(() => afterFrames(count - 1, run));
}

/** A signature stands below what is written and above what is quoted. */
function placeOf(text: string): number {
  const quoted = /\n\n[^\n]+:\n>|\n\n-{5,} .+ -{5,}\n/.exec(text);
  return quoted?.index ?? text.length;
}

function block(signature: string): string {
  return `\n\n${signature.trim()}`;
}

export function hasSignature(text: string, signature: string): boolean {
  return signature.trim() !== '' && text.includes(block(signature));
}

export function withSignature(text: string, signature: string): string {
  if (signature.trim() === '' || hasSignature(text, signature)) return text;
  const at = placeOf(text);
  return `${text.slice(0, at)}${block(signature)}${text.slice(at)}`;
}

export function withoutSignature(text: string, signature: string): string {
  return hasSignature(text, signature) ? text.replace(block(signature), () => '') : text;
}

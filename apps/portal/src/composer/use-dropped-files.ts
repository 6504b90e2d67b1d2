import { useState, type ClipboardEvent, type DragEvent } from 'react';

/** Files and pictures that are dropped onto the message or pasted into it. */
export function useDroppedFiles(onFiles: (files: readonly File[]) => void) {
  const [isOver, setOver] = useState(false);
  const holdsFiles = (event: DragEvent): boolean =>
    event.dataTransfer?.types.includes('Files') === true;
  return {
    isOver,
    handlers: {
      onDragOver: (event: DragEvent): void => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent<HTMLElement>): void => {
        const into = event.relatedTarget;
        if (!(into instanceof Node && event.currentTarget.contains(into))) setOver(false);
      },
      onDrop: (event: DragEvent): void => {
        setOver(false);
        if (!holdsFiles(event)) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      },
      onPaste: (event: ClipboardEvent): void => {
        const files = [...(event.clipboardData?.files ?? [])];
        // Programs for text put a picture of it beside the text: then the text is meant.
        if (files.length === 0 || event.clipboardData?.types.includes('text/plain') === true)
          return;
        event.preventDefault();
        onFiles(files.map(named));
      },
    },
  };
}

/** A picture out of the clipboard is called `image.png`, every one of them. */
function named(file: File): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const ending = file.name.slice(file.name.lastIndexOf('.'));
  const at = new Date().toISOString().slice(0, 19).replaceAll(':', '.');
  return new File([file], `picture ${at}${ending}`, { type: file.type });
}

/** A photo below this is left as it is: making it smaller saves nobody's time. Unit: bytes. */
const WORTH_IT = 800_000;
/** Longest side, enough for a screen and for print in a letter. Unit: pixels. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.82;
/** Formats that every browser opens and that hold one picture. */
const PHOTOS = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif']);

/** The same photo, smaller; null when it is none, is small already, or this browser cannot. Without place and camera: those stay behind. */
export async function shrinkPhoto(file: File): Promise<File | null> {
  if (!PHOTOS.has(file.type) || file.size < WORTH_IT) return null;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/jpeg', QUALITY);
    });
    if (blob === null || blob.size > file.size / 2) return null;
    const name = `${file.name.replace(/\.[^.]+$/, '')}.jpg`;
    return new File([blob], name, { type: 'image/jpeg' });
  } catch {
    // Not a picture after all, or a format that this browser does not open.
    return null;
  }
}

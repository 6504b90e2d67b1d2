import type { Draft } from '../drafts/draft.ts';
import { composer as words } from '../messages/en/composer.ts';
import { sizeText } from '../sizes.ts';

/** Attachments of the forwarded message, each of them to be taken along or left. */
export function CarriedParts(props: {
  readonly draft: Draft;
  readonly onChange: (about: Draft['about']) => void;
}) {
  const { carried, about } = props.draft;
  if (about === null || carried.length === 0) return null;
  const toggle = (index: number, isChosen: boolean): void => {
    const others = about.parts.filter((each) => each !== index);
    props.onChange({ ...about, parts: isChosen ? [...others, index] : others });
  };
  return (
    <fieldset className="carried">
      <legend>{words.carried}</legend>
      {carried.map(({ index, fileName, size }) => (
        <label key={index}>
          <input
            type="checkbox"
            checked={about.parts.includes(index)}
            onChange={(event) => toggle(index, event.currentTarget.checked)}
          />
          <bdi>{fileName}</bdi>
          <span className="num">{sizeText(size)}</span>
        </label>
      ))}
    </fieldset>
  );
}

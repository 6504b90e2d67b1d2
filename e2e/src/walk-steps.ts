import { test } from 'vitest';
import { takePictures, type Visitor } from './browser.ts';

type Step = (name: string, act: () => Promise<void>) => void;

/**
 * Steps of one walk: each is a test, in order. After each, no page may have complained (console, uncaught errors,
 * content security policy). A step that fails says where its pictures are, and the later ones are not walked, since they
 * would only fail for the same reason.
 */
export function walkSteps(visitors: ReadonlySet<Visitor>): Step {
  let failed: string | null = null;
  return (name, act) => {
    test(name, async ({ skip }) => {
      skip(failed !== null, `“${failed}” failed before it`);
      try {
        await act();
        const faults = [...visitors].flatMap((visitor) => visitor.takeFaults());
        if (faults.length > 0) throw new Error(`Pages complained:\n${faults.join('\n')}`);
      } catch (error) {
        failed = name;
        const faults = [...visitors].flatMap((visitor) => visitor.takeFaults());
        const pictures = await takePictures(visitors);
        const seen = [...faults, ...pictures.map((path) => `picture: ${path}`)].join('\n');
        if (error instanceof Error) error.message = `${error.message}\n${seen}`;
        throw error;
      }
    });
  };
}

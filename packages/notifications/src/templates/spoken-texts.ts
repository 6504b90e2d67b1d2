import type { SpokenMessage, SpokenTexts } from '@holdfast/application';
import type { Language } from '@holdfast/domain';

interface SpokenWords {
  readonly hello: string;
  /** Said twice: nobody has a pen at hand the first time. */
  readonly code: Readonly<Record<'verification-code' | 'proof-code' | 'way-in', string>>;
  readonly once: string;
  readonly valid: string;
  readonly news: Readonly<
    Record<Exclude<SpokenMessage['kind'], 'verification-code' | 'proof-code' | 'way-in'>, string>
  >;
  readonly bye: string;
  readonly digits: readonly string[];
  /** How a host name is read out. */
  readonly dot: string;
}

const ENGLISH: SpokenWords = {
  hello: 'Hello. This is the emergency mail service of {organisation}.',
  code: {
    'verification-code': 'Your code to confirm this number is: {code}.',
    'proof-code': 'Your code to change how we reach you is: {code}.',
    'way-in': 'Your code to sign in is: {code}.',
  },
  once: 'Once more: {code}.',
  valid:
    'It is valid for {minutes} minutes. Tell it to nobody. If you did not ask for it, ignore this call.',
  news: {
    'event-started':
      'Office 365 has a problem. Your mail is in the emergency mailbox, at {host}. Your login is your work address. There, ask for a way in: we call you again with a code.',
    'event-started-in-error':
      'The emergency mailbox was opened in error, and is closed again. Please go on using Office 365.',
    'event-ended': 'Office 365 works again. Please use it from now on.',
    'drill-started':
      'This is a drill. Office 365 works. You are asked to practise with the emergency mailbox, at {host}. Your login is your work address. There, ask for a way in: we call you again with a code.',
    'drill-ended': 'The drill is over. Nothing has changed in your mail. Thank you.',
    'account-changed':
      'Something was changed about how you sign in to your emergency mailbox, or how we reach you. The message in your work mailbox says what. If it was not you, say so there.',
  },
  bye: 'Goodbye.',
  digits: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  dot: ' dot ',
};

const GERMAN: SpokenWords = {
  hello: 'Guten Tag. Hier ist der Notfall-Maildienst von {organisation}.',
  code: {
    'verification-code': 'Ihr Code zum Bestätigen dieser Nummer lautet: {code}.',
    'proof-code': 'Ihr Code zum Ändern Ihrer Ersatzkontakte lautet: {code}.',
    'way-in': 'Ihr Code zum Anmelden lautet: {code}.',
  },
  once: 'Noch einmal: {code}.',
  valid:
    'Er gilt {minutes} Minuten. Geben Sie ihn niemandem weiter. Haben Sie ihn nicht verlangt, beachten Sie diesen Anruf nicht.',
  news: {
    'event-started':
      'Office 365 ist gestört. Ihre Mail finden Sie im Notfallpostfach, unter {host}. Ihr Anmeldename ist Ihre Dienstadresse. Lassen Sie sich dort einen Zugang senden: Wir rufen Sie mit einem Code zurück.',
    'event-started-in-error':
      'Das Notfallpostfach wurde irrtümlich geöffnet und ist wieder geschlossen. Bitte nutzen Sie weiter Office 365.',
    'event-ended': 'Office 365 funktioniert wieder. Bitte nutzen Sie es ab jetzt.',
    'drill-started':
      'Dies ist eine Übung. Office 365 funktioniert. Bitte üben Sie mit dem Notfallpostfach, unter {host}. Ihr Anmeldename ist Ihre Dienstadresse. Lassen Sie sich dort einen Zugang senden: Wir rufen Sie mit einem Code zurück.',
    'drill-ended': 'Die Übung ist vorbei. An Ihrer Mail hat sich nichts geändert. Vielen Dank.',
    'account-changed':
      'An Ihrer Anmeldung zum Notfallpostfach, oder daran, wie wir Sie erreichen, wurde etwas geändert. Was, steht in der Nachricht in Ihrem dienstlichen Postfach. Waren Sie es nicht, sagen Sie es dort.',
  },
  bye: 'Auf Wiederhören.',
  digits: ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
  dot: ' Punkt ',
};

const WORDS: Readonly<Record<Language, SpokenWords>> = { en: ENGLISH, de: GERMAN };
/** An organisation's name is cut here: whoever gives it must not fill the call. Unit: characters. */
const LONGEST_NAME = 60;

/** What a call says, sentence by sentence. Digits are words: a machine would read a number as a number. */
export function spokenTexts(language: Language): SpokenTexts {
  const words = WORDS[language];
  const spell = (code: string): string =>
    Array.from(code, (digit) => words.digits[Number(digit)] ?? '')
      .filter((digit) => digit !== '')
      .join(', ');
  return (message, { codeValidFor, organisation, portalUrl }) => {
    const values: Readonly<Record<string, string>> = {
      organisation: plain(organisation).slice(0, LONGEST_NAME),
      host: new URL(portalUrl).hostname.replaceAll('.', words.dot),
      minutes: String(codeValidFor),
      code: 'code' in message ? spell(message.code) : '',
    };
    const sentences =
      'code' in message
        ? [words.hello, words.code[message.kind], words.once, words.valid, words.bye]
        : [words.hello, words.news[message.kind], words.bye];
    return sentences
      .map((sentence) => sentence.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? ''))
      .join(' ');
  };
}

/** Gateways read markup (SSML): a name with angle brackets is no command. */
function plain(text: string): string {
  return text.replace(/[<>&"\s\p{C}]+/gu, ' ').trim();
}

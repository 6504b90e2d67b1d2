import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Choice } from '../../ui/field.tsx';
import { UserPicker } from '../users/user-picker.tsx';
import { StepBody } from './step-body.tsx';
import { isChosen, type WizardChoices } from './wizard-steps.ts';

interface ChoiceStepProps {
  readonly choices: WizardChoices;
  readonly onChoose: (next: WizardChoices) => void;
  readonly back: () => void;
  readonly next: () => void;
}

export function ChooseStep({ choices, onChoose, back, next }: ChoiceStepProps) {
  const directory = useQuery(api.directory.state.queryOptions());
  const words = m.wizard.choose;
  return (
    <StepBody
      title={words.title}
      back={back}
      next={{
        ready: isChosen(choices),
        hint: choices.protect === 'some' ? words.needOne : words.needChoice,
        go: next,
      }}
    >
      <fieldset className="grid gap-2">
        <legend className="sr-only">{words.title}</legend>
        <Choice
          name="protect"
          checked={choices.protect === 'all'}
          onChoose={() => onChoose({ ...choices, protect: 'all' })}
          label={words.all}
          {...(directory.data === undefined ? {} : { text: words.allText(directory.data.counts) })}
        />
        <Choice
          name="protect"
          checked={choices.protect === 'some'}
          onChoose={() => onChoose({ ...choices, protect: 'some' })}
          label={words.some}
          text={words.someText}
        />
      </fieldset>
      {choices.protect === 'some' ? (
        <div className="mt-4">
          <UserPicker
            chosen={choices.userIds}
            onChange={(userIds) => onChoose({ ...choices, userIds: [...userIds] })}
          />
        </div>
      ) : null}
    </StepBody>
  );
}

export function NewUsersStep({ choices, onChoose, back, next }: ChoiceStepProps) {
  const words = m.wizard.newUsers;
  return (
    <StepBody
      title={words.title}
      text={words.question}
      back={back}
      next={{ ready: choices.protectNewUsers !== null, hint: words.needChoice, go: next }}
    >
      <fieldset className="grid gap-2">
        <legend className="sr-only">{words.question}</legend>
        <Choice
          name="new-users"
          checked={choices.protectNewUsers === true}
          onChoose={() => onChoose({ ...choices, protectNewUsers: true })}
          label={words.yes}
          text={words.yesText}
        />
        <Choice
          name="new-users"
          checked={choices.protectNewUsers === false}
          onChoose={() => onChoose({ ...choices, protectNewUsers: false })}
          label={words.no}
          text={words.noText}
        />
      </fieldset>
    </StepBody>
  );
}

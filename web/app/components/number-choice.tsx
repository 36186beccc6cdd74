import { texts } from '../messages.ts';
import { Icon } from './icon.tsx';
import { Text } from './text.tsx';

export interface NumberChoiceProps {
  numbers: readonly number[];
  chosen: number | undefined;
  onChoose: (number: number) => void;
  error: string | undefined;
}

/** The number that the other screen shows, among three. */
export function NumberChoice({ numbers, chosen, onChoose, error }: NumberChoiceProps) {
  return (
    <fieldset class="numbers" aria-describedby={error ? 'number-error' : undefined}>
      <legend>
        <Text>{texts.approval.number}</Text>
      </legend>
      <div class="number-row">
        {numbers.map((number) => (
          <label key={number} class={error ? 'number-choice number-missing' : 'number-choice'}>
            <input
              type="radio"
              name="number"
              value={number}
              checked={chosen === number}
              onChange={() => onChoose(number)}
            />
            {String(number).padStart(2, '0')}
          </label>
        ))}
      </div>
      {error && (
        <p class="error" id="number-error">
          <Icon name="circle-alert" />
          <span>
            <Text>{error}</Text>
          </span>
        </p>
      )}
    </fieldset>
  );
}

import { useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { Text } from './text.tsx';

export interface FieldProps {
  /** Unique in the screen. */
  id: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string | undefined;
  /** What is wrong and what to do. */
  error?: string | undefined;
  autocomplete?: string;
  inputMode?: 'numeric' | 'text' | 'url';
  /** Wide tabular figures, for codes and numbers. */
  figures?: boolean;
  maxLength?: number;
}

/** A labelled text box: label above, hint and error below. */
export function Field(props: FieldProps) {
  return (
    <FieldFrame {...props}>
      <input
        {...inputProps(props)}
        type="text"
        class={props.figures ? 'figures' : undefined}
        inputMode={props.inputMode}
        maxLength={props.maxLength}
        autocapitalize="none"
        spellcheck={false}
      />
    </FieldFrame>
  );
}

export interface SecretFieldProps extends FieldProps {
  autocomplete: 'current-password' | 'new-password';
  /** Names of the button that shows or hides what is typed. */
  reveal: { show: string; hide: string };
}

/** A password that can be looked at while it is typed; it is never trimmed. */
export function SecretField(props: SecretFieldProps) {
  const [shown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const toggle = () => {
    setShown(!shown);
    input.current?.focus();
  };
  return (
    <FieldFrame {...props}>
      <span class="secret">
        {shown ? (
          <input {...inputProps(props)} ref={input} type="text" autocapitalize="none" spellcheck={false} />
        ) : (
          <input {...inputProps(props)} ref={input} type="password" />
        )}
        <button
          type="button"
          onClick={toggle}
          aria-label={shown ? props.reveal.hide : props.reveal.show}
          aria-controls={props.id}
        >
          <Icon name={shown ? 'eye-off' : 'eye'} />
        </button>
      </span>
    </FieldFrame>
  );
}

function inputProps({ id, value, onInput, hint, error, autocomplete }: FieldProps) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return {
    id,
    name: id,
    value,
    autocomplete: autocomplete ?? 'off',
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => onInput(currentTarget.value),
    ...(described && { 'aria-describedby': described }),
    ...(error && { 'aria-invalid': true }),
  };
}

function FieldFrame({
  id,
  label,
  hint,
  error,
  children,
}: FieldProps & { children: preact.ComponentChildren }) {
  return (
    <div class={error ? 'field field-error' : 'field'}>
      <label for={id}>
        <Text>{label}</Text>
      </label>
      {children}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          <Text>{hint}</Text>
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          <Icon name="circle-alert" />
          <span>
            <Text>{error}</Text>
          </span>
        </p>
      )}
    </div>
  );
}

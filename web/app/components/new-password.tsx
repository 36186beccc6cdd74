import { useState } from 'preact/hooks';
import { passwordFault, passwordLength } from '#ecps-phone';
import { texts } from '../messages.ts';
import { SecretField } from './field.tsx';

export type NewPasswordFault = keyof typeof texts.password.fault;

export interface NewPassword {
  first: string;
  second: string;
  fault: NewPasswordFault | undefined;
  setFirst(value: string): void;
  setSecond(value: string): void;
  /** Checks both; shows what is wrong and moves there. True where they may be used. */
  check(): boolean;
}

/** A password chosen twice; `context`: words of the person that an attacker tries first. */
export function useNewPassword(context: readonly string[]): NewPassword {
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [fault, setFault] = useState<NewPasswordFault>();
  return {
    first,
    second,
    fault,
    setFirst,
    setSecond,
    check() {
      const found = findFault(first, second, context);
      setFault(found);
      if (found) document.getElementById(found === 'different' ? 'password-again' : 'password')?.focus();
      return found === undefined;
    },
  };
}

function findFault(first: string, second: string, context: readonly string[]): NewPasswordFault | undefined {
  if (first === '') return 'empty';
  return passwordFault(first, context) ?? (first === second ? undefined : 'different');
}

/** Its two fields. */
export function NewPasswordFields({
  password,
  labels,
}: {
  password: NewPassword;
  labels: { first: string; second: string };
}) {
  const { fault, first, second, setFirst, setSecond } = password;
  const reveal = { show: texts.showPassword, hide: texts.hidePassword };
  const maxLength = passwordLength.max * 4;
  return (
    <>
      <SecretField
        id="password"
        label={labels.first}
        hint={texts.password.hint}
        value={first}
        onInput={setFirst}
        error={fault && fault !== 'different' ? texts.password.fault[fault] : undefined}
        autocomplete="new-password"
        reveal={reveal}
        maxLength={maxLength}
      />
      <SecretField
        id="password-again"
        label={labels.second}
        value={second}
        onInput={setSecond}
        error={fault === 'different' ? texts.password.fault.different : undefined}
        autocomplete="new-password"
        reveal={reveal}
        maxLength={maxLength}
      />
    </>
  );
}

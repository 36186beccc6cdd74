/** Short compounds ("e-CPS", "est-ce") and a word with the punctuation that a space precedes. */
const unbreakable = /((?<!\S)\S{1,12}-\S{1,12}(?!\S)(?: [?!:;»])?|(?<!\S)\S{1,20} [?!:;»]|« ?\S+)/;

/** A sentence whose compounds do not break across lines; its characters stay as they are. */
export function Text({ children }: { children: string }) {
  return (
    <>
      {children
        .split(unbreakable)
        .map((part, index) => (index % 2 ? <span class="nowrap">{part}</span> : part))}
    </>
  );
}

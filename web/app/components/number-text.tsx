const groups = { rpps: /^(.{4})(.{4})(.+)$/, adeli: /^(.{2})(.{4})(.+)$/ };

/** A number grouped for the eye by the style sheet; its text stays plain for the clipboard and for ears. */
export function NumberText({ kind, value }: { kind: string; value: string }) {
  const pattern = kind === 'rpps' || kind === 'adeli' ? groups[kind] : /^(.+)$/;
  const parts = pattern.exec(value)?.slice(1) ?? [value];
  return (
    <span class="number">
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </span>
  );
}

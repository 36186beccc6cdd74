import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../messages.ts';
import { Icon, type IconName } from './icon.tsx';
import { Text } from './text.tsx';

export interface ScreenProps {
  title: string;
  /** How far the activation is. */
  step?: number;
  /** A large picture above the title. */
  picture?: IconName;
  tone?: 'done' | 'warning';
  /** What the header shows at its end: time left, or the settings. */
  aside?: ComponentChildren;
  children?: ComponentChildren;
}

export const stepCount = 4;

/** One question or one piece of news; its heading takes the focus, so that it is read out. */
export function Screen({ title, step, picture, tone, aside, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · e-CPS`;
    // In a frame the focus stays where the person is, unless she is in it.
    if (window.top === window.self || document.hasFocus()) heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [title]);
  return (
    <>
      <header class="app-header">
        <p class="app-name">
          <Mark />
          <span class="nowrap">e-CPS</span>
        </p>
        {aside ?? (step !== undefined && <p class="app-aside">{texts.step(step, stepCount)}</p>)}
      </header>
      <main class={tone ? `screen screen-${tone}` : 'screen'}>
        {step !== undefined && <Progress step={step} />}
        {picture && (
          <div class="screen-picture">
            <Icon name={picture} />
          </div>
        )}
        <h1 ref={heading} tabIndex={-1}>
          <Text>{title}</Text>
        </h1>
        {children}
      </main>
    </>
  );
}

/** The steps in a bar; in words they are in the header. */
function Progress({ step }: { step: number }) {
  return (
    <div class="progress" aria-hidden="true">
      {Array.from({ length: stepCount }, (_, index) => (
        <span key={index} class={index < step ? 'progress-done' : undefined} />
      ))}
    </div>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 50 14" aria-hidden="true">
      <path d="M7 7h36" stroke="currentColor" stroke-width="3" />
      <g fill="currentColor">
        <circle cx="7" cy="7" r="6.5" />
        <circle cx="25" cy="7" r="6.5" />
        <circle cx="43" cy="7" r="6.5" />
      </g>
    </svg>
  );
}

export function Lead({ children }: { children: string }) {
  return (
    <p class="lead">
      <Text>{children}</Text>
    </p>
  );
}

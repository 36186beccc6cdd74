import type { App } from '../state/app.ts';
import type { AppState } from '../state/app-state.ts';

/** What every screen is drawn from. */
export interface ScreenContext {
  app: App;
  state: AppState;
}

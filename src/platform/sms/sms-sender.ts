import type { Unit } from '../database/database.ts';

export interface Sms {
  /** As the directory has it; digits, perhaps a leading `+`. */
  to: string;
  text: string;
}

export interface SmsSender {
  /** The message leaves if the unit commits, and never otherwise. */
  send(unit: Unit, sms: Sms): Promise<void>;
}

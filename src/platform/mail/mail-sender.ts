import type { Unit } from '../database/database.ts';

/** A picture that the HTML names by `cid:`. */
export interface InlineImage {
  cid: string;
  contentType: string;
  content: Uint8Array;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  images?: readonly InlineImage[];
}

export interface MailSender {
  /** The mail leaves if the unit commits, and never otherwise. */
  send(unit: Unit, mail: Mail): Promise<void>;
}

/** Gives each mail to every sender. */
export function joinMailSenders(...senders: readonly MailSender[]): MailSender {
  return {
    async send(unit, mail) {
      for (const sender of senders) await sender.send(unit, mail);
    },
  };
}

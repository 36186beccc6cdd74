/** Rows of this module. Instants are milliseconds. */
export interface SmartCardTables {
  card_attempt: {
    /** A host label: it stands in the address that the reader opens. */
    id: string;
    sign_in_id: string;
    /** The reader that was offered, and after the answer the one that gave it. */
    reader: string;
    created_at: number;
    expires_at: number;
    presented_at: number | null;
    /** SHA-256 of the one-time code. */
    code_hash: string | null;
    code_expires_at: number | null;
    consumed_at: number | null;
    failure: string | null;
    /** JSON of a `Verification`; emptied when the code is redeemed. */
    verification: string | null;
  };
}

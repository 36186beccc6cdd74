/** Rows of this module. Instants are milliseconds; national ids stand in their wire form, with prefix. */
export interface AuthenticatorTables {
  /** A phone's K_dev. */
  authenticator_device: {
    /** RFC 7638. */
    thumbprint: string;
    /** JSON of a `PublicKeyJwk`. */
    public_key: string;
    created_at: number;
  };
  authenticator_enrolment: {
    id: string;
    /** One more at each transition: of two at once one counts. */
    version: number;
    channel: string;
    stage: string;
    ended_by: string | null;
    national_id: string;
    device_thumbprint: string | null;
    /** RPPS and device while it waits for its mail: one pending enrolment each. */
    pending_key: string | null;
    /** The phone as it described itself. */
    device: string;
    place: string | null;
    locale: string;
    /** Null for a number that leads to nobody. */
    given_name: string | null;
    family_name: string | null;
    profession: string | null;
    created_at: number;
    expires_at: number;
    /** JSON arrays of instants. */
    mails_sent_at: string;
    sms_sent_at: string;
    /** HMAC of the last code. */
    code_mac: string | null;
    code_expires_at: number | null;
    code_tries: number;
    /** End of the question to her other phone. */
    consent_expires_at: number | null;
    evaluations: number;
    /** The credential to be, with its `k` in a box; emptied when it is active. */
    credential_id: string | null;
    fingerprint: string | null;
    key_box: string | null;
  };
  authenticator_credential: {
    id: string;
    national_id: string;
    device_thumbprint: string;
    device: string;
    locale: string;
    given_name: string;
    family_name: string;
    profession: string | null;
    /** K_auth: JSON of a `PublicKeyJwk`. */
    auth_key: string;
    fingerprint: string;
    /** `k` under the wrapping key. The row is deleted with it. */
    key_box: string;
    activated_at: number;
    expires_at: number;
    frozen_at: number | null;
    failures: number;
    lifetime_failures: number;
    locked_until: number | null;
    /** After the last try: destroyed then, unless a signature proves that it was right. */
    destroy_at: number | null;
  };
  /** A **Mot de passe oublié**: the same rows whoever the number leads to. */
  authenticator_removal: {
    id: string;
    /** One more at each transition: of two at once one counts. */
    version: number;
    stage: string;
    proof: string | null;
    national_id: string;
    /** SHA-256 of the cookie that names it. */
    browser_hash: string;
    device: string;
    /** Path on wallet. */
    return_to: string | null;
    created_at: number;
    expires_at: number;
    /** JSON array of instants. */
    codes_sent_at: string;
    /** HMACs of the last codes. */
    mail_code_mac: string | null;
    sms_code_mac: string | null;
    codes_expire_at: number | null;
    code_tries: number;
    card_refusal: string | null;
  };
  /** What was destroyed: an older backup must not bring it back. */
  authenticator_tombstone: {
    credential_id: string;
    device_thumbprint: string;
    reason: string;
    destroyed_at: number;
  };
  authenticator_approval: {
    id: string;
    kind: string;
    status: string;
    national_id: string;
    /** `sign_in`. */
    sign_in_id: string | null;
    browser_hash: string | null;
    client_id: string | null;
    service_name: string | null;
    number: number | null;
    /** JSON of the three numbers, in the order in which the phone shows them. */
    numbers: string | null;
    /** `activation`. */
    enrolment_id: string | null;
    device: string;
    place: string | null;
    requested_at: number;
    expires_at: number;
    answered_at: number | null;
    /** Who answered; for `password` the credential from the start. */
    credential_id: string | null;
    new_element: string | null;
  };
  /** Elements that were counted: the same one for the same question counts once. */
  authenticator_evaluation: { id: string; approval_id: string; at: number };
  /** Signed calls that changed something, against replay. */
  authenticator_proof: { id: string; expires_at: number };
  authenticator_blocked_browser: { browser_hash: string; blocked_until: number };
  /** Browsers in which a person has signed in. */
  authenticator_known_browser: { national_id: string; browser_hash: string; used_at: number };
}

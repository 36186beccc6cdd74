interface OtpRequest extends CredentialRequestOptions {
  otp: { transport: string[] };
}

/**
 * Reads the code out of the SMS where the browser can (WebOTP; the SMS ends in `@host #code`). It fills the field
 * in and sends nothing. Returns what ends the wait.
 */
export function listenForCode(onCode: (code: string) => void): () => void {
  const ended = new AbortController();
  if ('OTPCredential' in window) {
    const request: OtpRequest = { otp: { transport: ['sms'] }, signal: ended.signal };
    navigator.credentials.get(request).then(
      (credential) => {
        if (credential && 'code' in credential) onCode(String(credential.code));
      },
      () => undefined,
    );
  }
  return () => ended.abort();
}

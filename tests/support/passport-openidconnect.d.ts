// The package brings no types; these are of what a test asks of it.
declare module 'passport-openidconnect' {
  export interface Profile {
    id: string;
    name?: { familyName?: string };
  }
  type Verified = (error: unknown, user?: object) => void;
  export class Strategy {
    constructor(
      options: Record<string, unknown>,
      verify: (
        issuer: string,
        profile: Profile,
        context: object,
        idToken: string,
        accessToken: string,
        refreshToken: string,
        done: Verified,
      ) => void,
    );
    authenticate(req: object, options: object): void;
  }
}

/** How long a sign-in's progress is kept after its last step: longer than any sign-in lives. */
export const progressRetentionMs = 60 * 60 * 1000;

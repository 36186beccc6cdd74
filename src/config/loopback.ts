const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whether the host is this machine and no other. */
export const isLoopback = (host: string): boolean => loopback.has(host);

const NAMES: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/** Whether a web or mail address leads to this machine. @throws when it is no address */
export const isLoopback = (address: string): boolean => NAMES.includes(new URL(address).hostname);

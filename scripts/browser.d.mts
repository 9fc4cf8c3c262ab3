/** Path of a Chrome, Chromium or Edge on this computer. */
export function findBrowser(): string | null
/** The same, after an attempt to install one. */
export function getBrowser(): string | null

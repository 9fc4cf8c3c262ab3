import { safeStorage } from 'electron'
import type { StartOptions } from '../engine/start.ts'

/** The system's safe (DPAPI, Keychain, a keyring); undefined where there is none, or on Linux only the pretence of one. Ask when the app is ready. */
export function systemSafe(): StartOptions['safe'] {
  const pretends =
    process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
  if (pretends || !safeStorage.isEncryptionAvailable()) return undefined
  return {
    seal: async (text) => safeStorage.encryptString(text).toString('base64'),
    // Sealed by another user, or on another computer.
    unseal: async (sealed) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
  }
}

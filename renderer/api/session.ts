import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { DEVICE_DEFAULTS, type Device } from '../../shared/contract/settings.ts'
import { can, type Permission } from '../../shared/domain/roles.ts'
import { api, rpc } from './client.ts'

/** Only a hint for the first frame, before the engine answers: language and look as they were last. */
const HINT = 'daftar.device'

export function deviceHint(): Device {
  try {
    return { ...DEVICE_DEFAULTS, ...(JSON.parse(localStorage.getItem(HINT) ?? '{}') as Partial<Device>) }
  } catch {
    return DEVICE_DEFAULTS
  }
}

/** Settings of this device; the hint until the engine has answered. */
export function useDevice(): Device {
  const { data } = useQuery(rpc.settings.device.queryOptions({ placeholderData: deviceHint, retry: false }))
  // Without a book the engine knows only defaults; a trouble is told in the language the person reads.
  const hasBook = useStatus().data?.trouble === null
  return (hasBook && data) || deviceHint()
}

/** Gives `update(patch)`: on the screen at once, then kept by the engine. */
export function useUpdateDevice() {
  const client = useQueryClient()
  return useCallback(
    (patch: Partial<Device>) => {
      const queryKey = rpc.settings.device.queryKey()
      // An answer under way may be older than this choice.
      void client.cancelQueries({ queryKey })
      const next = { ...(client.getQueryData<Device>(queryKey) ?? deviceHint()), ...patch }
      client.setQueryData<Device>(queryKey, next)
      rememberDevice(next)
      return (
        api.settings
          .updateDevice(patch)
          // The answer is not put on the screen: it may be older than what the person chose meanwhile. Live refresh reads the last word.
          .then(() => {})
          .catch(() => client.invalidateQueries({ queryKey }))
      )
    },
    [client],
  )
}

export function rememberDevice(device: Device): void {
  try {
    localStorage.setItem(HINT, JSON.stringify(device))
  } catch {
    // A browser that keeps nothing only loses the hint.
  }
}

export const useStatus = () => useQuery(rpc.system.status.queryOptions())

/** The business, or undefined for the frame before it is read. */
export const useBusiness = () => useQuery(rpc.settings.business.queryOptions()).data

/** The signed-in user; null in the first run. */
export const useUser = () => useStatus().data?.user ?? null

/** True where the engine would allow it; for leaving out what would be refused, never as a guard. */
export function useCan(permission: Permission): boolean {
  return can(useUser()?.role ?? null, permission)
}

import { useEffect } from 'react'
import { api } from '../../api/client.ts'

/** At most so often: a window that is clicked in and out must not knock each time. */
const LEAST_MS = 5_000

/** While the server is away: somebody comes back to the window, or the system says that there is a network, and it is tried at once. */
export function useReturn(isAway: boolean): void {
  useEffect(() => {
    if (!isAway) return
    let last = 0
    const look = () => {
      if (Date.now() - last < LEAST_MS) return
      last = Date.now()
      // What came of it is in the status.
      api.sync.now().catch(() => {})
    }
    window.addEventListener('focus', look)
    window.addEventListener('online', look)
    return () => {
      window.removeEventListener('focus', look)
      window.removeEventListener('online', look)
    }
  }, [isAway])
}

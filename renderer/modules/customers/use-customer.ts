import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, rpc } from '../../api/client.ts'

/** The whole record; while another is being read the one before stays on the screen (`isPlaceholderData`). */
export const useCustomer = (id: string) =>
  useQuery({ ...rpc.customers.get.queryOptions({ input: { id } }), placeholderData: keepPreviousData })

/** Remembers that this record was opened, for «recent» in the palette. */
export function useOpened(id: string) {
  useEffect(() => {
    void api.search.opened({ id }).catch(() => {})
  }, [id])
}

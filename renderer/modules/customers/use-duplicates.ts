import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Inputs, type Outputs, rpc } from '../../api/client.ts'

export type DuplicateHit = Outputs['customers']['duplicates'][number]
type Question = Inputs['customers']['duplicates']

const REST_MS = 150

/** Who might this be already? Asked while one types, as soon as there is enough to ask. */
export function useDuplicates(question: Question): readonly DuplicateHit[] {
  const text = JSON.stringify(clean(question))
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  const input = JSON.parse(asked) as Question
  const isWorthAsking = Object.keys(input).some((key) => key !== 'except' && key !== 'city')
  const { data } = useQuery({
    ...rpc.customers.duplicates.queryOptions({ input }),
    enabled: isWorthAsking,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  return isWorthAsking ? (data ?? []) : []
}

/** Leaves out what is too short to mean anyone. */
function clean({ phones, emails, national_id, company_id, name, city, except }: Question): Question {
  const digits = (text: string) => text.replace(/\D/g, '')
  const question: Question = {}
  const calls = (phones ?? []).filter((phone) => digits(phone).length >= 7)
  const mails = (emails ?? []).filter((email) => email.includes('@'))
  if (calls.length > 0) question.phones = calls
  if (mails.length > 0) question.emails = mails
  if (national_id && digits(national_id).length >= 8) question.national_id = national_id
  if (company_id && digits(company_id).length >= 10) question.company_id = company_id
  if (name && name.trim().length >= 3) question.name = name.trim()
  if (city?.trim()) question.city = city.trim()
  if (except) question.except = except
  return question
}

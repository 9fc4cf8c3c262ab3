import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../api/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { EditForm } from './EditForm.tsx'
import { useCustomer } from './use-customer.ts'

/** The form of an existing customer. */
export function Edit() {
  const { t } = useTranslation('customers')
  const navigate = useNavigate()
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error } = useCustomer(id)
  if (data?.id === id) return <EditForm key={id} record={data} />
  if (!error) return null
  return (
    <ErrorState
      title={errorText(t, error)}
      actions={<Button onPress={() => void navigate({ to: '/customers' } as never)}>{t('show.back')}</Button>}
    />
  )
}

/** The same form, empty. */
export const New = () => <EditForm />

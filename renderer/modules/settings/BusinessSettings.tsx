import { useBusiness } from '../../api/session.ts'
import { BusinessForm } from './BusinessForm.tsx'
import { OwnerForm } from './OwnerForm.tsx'

/** The business and the person; each form saves by itself. */
export function BusinessSettings() {
  const business = useBusiness()
  if (!business) return null
  return (
    <>
      <BusinessForm business={business} />
      <OwnerForm />
    </>
  )
}

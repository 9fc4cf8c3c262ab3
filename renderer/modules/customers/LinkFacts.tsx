import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { LINK_KINDS } from '../../../shared/domain/party.ts'
import { Fact } from './Fact.tsx'
import { Name } from './Name.tsx'

/** People of a company, companies of a person, and who knows whom, each with its role. */
export function LinkFacts({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers')
  return LINK_KINDS.flatMap((kind) =>
    [true, false].map((outgoing) => {
      const links = customer.links.filter((link) => link.kind === kind && link.outgoing === outgoing)
      if (links.length === 0) return null
      return (
        <Fact key={`${kind}-${outgoing}`} label={t(outgoing ? `linkOut.${kind}` : `linkIn.${kind}`)}>
          <ul className="flex flex-col gap-0.5">
            {links.map((link) => (
              <li key={link.id} className="min-w-0 break-words">
                <Link
                  to={'/customers/$id' as never}
                  params={{ id: link.other.id } as never}
                  className="text-accent hover:underline"
                >
                  <Name name={link.other.name} />
                </Link>
                {link.role ? <bdi className="text-xs text-muted"> {link.role}</bdi> : null}
              </li>
            ))}
          </ul>
        </Fact>
      )
    }),
  )
}

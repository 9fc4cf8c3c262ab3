import { useTranslation } from 'react-i18next'
import { Ltr } from '../../ui/Ltr.tsx'

/** True where the engine gave the phone as name because nothing else is known. */
export const isNumber = (name: string) => /^[+\d\s]+$/.test(name)

/** A customer's name in its own direction; a phone that stands for it in the digits of the page; «nameless» where nothing is known. */
export function Name({ name }: { name: string }) {
  if (!name) return <Nameless />
  return isNumber(name) ? <Ltr text={name} /> : <bdi>{name}</bdi>
}

// Apart, because a list draws hundreds of names and the words are wanted by few.
function Nameless() {
  const { t } = useTranslation('customers')
  return <span className="font-normal text-muted">{t('nameless')}</span>
}

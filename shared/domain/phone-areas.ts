/** Two-digit area codes after the 0, one per province since 1394; the value is the province's code in data/places.ts. */
export const AREA_PROVINCE: Readonly<Record<string, string>> = {
  11: 'mazandaran',
  13: 'gilan',
  17: 'golestan',
  21: 'tehran',
  23: 'semnan',
  24: 'zanjan',
  25: 'qom',
  26: 'alborz',
  28: 'qazvin',
  31: 'isfahan',
  34: 'kerman',
  35: 'yazd',
  38: 'chaharmahal-bakhtiari',
  41: 'east-azerbaijan',
  44: 'west-azerbaijan',
  45: 'ardabil',
  51: 'razavi-khorasan',
  54: 'sistan-baluchestan',
  56: 'south-khorasan',
  58: 'north-khorasan',
  61: 'khuzestan',
  66: 'lorestan',
  71: 'fars',
  74: 'kohgiluyeh-boyer-ahmad',
  76: 'hormozgan',
  77: 'bushehr',
  81: 'hamadan',
  83: 'kermanshah',
  84: 'ilam',
  86: 'markazi',
  87: 'kurdistan',
}

export type Operator = 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'samantel' | 'taliya' | 'spadan' | 'tkc'

/**
 * Operators by the first digits after the 0: the operator that gave the number out. Numbers move between operators, so
 * this is a hint to show and never a rule to act on.
 */
const OPERATORS: ReadonlyArray<readonly [RegExp, Operator]> = [
  [/^(91|99[0-46])/, 'mci'],
  [/^(90|93[035-9]|941)/, 'irancell'],
  [/^92/, 'rightel'],
  [/^998/, 'shatel'],
  [/^999[6-9]/, 'samantel'],
  [/^999[01]/, 'aptel'],
  [/^932/, 'taliya'],
  [/^931/, 'spadan'],
  [/^934/, 'tkc'],
]

export function operatorOf(national: string): Operator | undefined {
  return OPERATORS.find(([prefix]) => prefix.test(national))?.[1]
}

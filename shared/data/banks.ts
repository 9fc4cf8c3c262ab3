/**
 * Iranian banks by key: names, the three-digit code inside a Sheba number and the first six digits of a card.
 * From @persian-tools/persian-tools 4.0.4 (MIT licence, Copyright (c) 2020 Persian Tools) with two BINs added; merged banks
 * are kept, as their cards and account numbers still circulate.
 */
export type Bank = { fa: string; en: string; sheba: readonly string[]; bins: readonly string[] }

export const BANKS: Readonly<Record<string, Bank>> = {
  "central-bank": { fa: 'بانک مرکزی جمهوری اسلامی ایران', en: "Central Bank of Iran", sheba: ["010"], bins: ["636795","636797"] },
  "sanat-o-madan": { fa: 'بانک صنعت و معدن', en: "Bank of Industry and Mine", sheba: ["011"], bins: ["627961"] },
  "mellat": { fa: 'بانک ملت', en: "Bank Mellat", sheba: ["012"], bins: ["610433","991975"] },
  "refah": { fa: 'بانک رفاه کارگران', en: "Refah Bank", sheba: ["013"], bins: ["589463"] },
  "maskan": { fa: 'بانک مسکن', en: "Bank Maskan", sheba: ["014"], bins: ["628023"] },
  "sepah": { fa: 'بانک سپه', en: "Bank Sepah", sheba: ["015"], bins: ["589210"] },
  "keshavarzi": { fa: 'بانک کشاورزی', en: "Bank Keshavarzi", sheba: ["016"], bins: ["603770","639217"] },
  "melli": { fa: 'بانک ملی ایران', en: "Bank Melli Iran", sheba: ["017"], bins: ["170019","603799"] },
  "tejarat": { fa: 'بانک تجارت', en: "Tejarat Bank", sheba: ["018"], bins: ["585983","627353"] },
  "saderat": { fa: 'بانک صادرات ایران', en: "Bank Saderat Iran", sheba: ["019"], bins: ["603769","903769"] },
  "tosee-saderat": { fa: 'بانک توسعه صادرات', en: "Export Development Bank", sheba: ["020"], bins: ["207177","627648"] },
  "post": { fa: 'پست‌بانک ایران', en: "Post Bank of Iran", sheba: ["021"], bins: ["627760"] },
  "tosee-taavon": { fa: 'بانک توسعه تعاون', en: "Tose'e Ta'avon Bank", sheba: ["022"], bins: ["502908"] },
  "tosee": { fa: 'مؤسسه اعتباری توسعه', en: "Tose'e Credit Institution", sheba: ["051"], bins: ["628157"] },
  "ghavamin": { fa: 'بانک قوامین', en: "Ghavamin Bank", sheba: ["052"], bins: ["639599"] },
  "karafarin": { fa: 'بانک کارآفرین', en: "Karafarin Bank", sheba: ["053"], bins: ["502910","627488"] },
  "parsian": { fa: 'بانک پارسیان', en: "Parsian Bank", sheba: ["054"], bins: ["622106","627884","639194"] },
  "eghtesad-novin": { fa: 'بانک اقتصاد نوین', en: "EN Bank", sheba: ["055"], bins: ["627412"] },
  "saman": { fa: 'بانک سامان', en: "Saman Bank", sheba: ["056"], bins: ["621986"] },
  "pasargad": { fa: 'بانک پاسارگاد', en: "Bank Pasargad", sheba: ["057"], bins: ["502229","639347"] },
  "sarmayeh": { fa: 'بانک سرمایه', en: "Sarmayeh Bank", sheba: ["058"], bins: ["639607"] },
  "sina": { fa: 'بانک سینا', en: "Sina Bank", sheba: ["059"], bins: ["639346"] },
  "mehr-iran": { fa: 'بانک مهر ایران', en: "Mehr Iran Bank", sheba: ["060","090"], bins: ["606373","639370"] },
  "shahr": { fa: 'بانک شهر', en: "Bank Shahr", sheba: ["061"], bins: ["502806","504706"] },
  "ayandeh": { fa: 'بانک آینده', en: "Ayandeh Bank", sheba: ["062"], bins: ["636214"] },
  "ansar": { fa: 'بانک انصار', en: "Ansar Bank", sheba: ["063"], bins: ["627381"] },
  "gardeshgari": { fa: 'بانک گردشگری', en: "Tourism Bank", sheba: ["064"], bins: ["505416","505426"] },
  "hekmat-iranian": { fa: 'بانک حکمت ایرانیان', en: "Hekmat Iranian Bank", sheba: ["065"], bins: ["636949"] },
  "dey": { fa: 'بانک دی', en: "Day Bank", sheba: ["066"], bins: ["502938"] },
  "iran-zamin": { fa: 'بانک ایران‌زمین', en: "Iran Zamin Bank", sheba: ["069"], bins: ["505785"] },
  "resalat": { fa: 'بانک قرض‌الحسنه رسالت', en: "Resalat Bank", sheba: ["070"], bins: ["504172"] },
  "kosar": { fa: 'مؤسسه اعتباری کوثر', en: "Kosar Credit Institution", sheba: ["073"], bins: ["505801"] },
  "melal": { fa: 'مؤسسه اعتباری ملل', en: "Melal Credit Institution", sheba: ["075"], bins: ["606256"] },
  "middle-east": { fa: 'بانک خاورمیانه', en: "Middle East Bank", sheba: ["078"], bins: ["585947","505809"] },
  "mehr-eqtesad": { fa: 'بانک مهر اقتصاد', en: "Mehr Eqtesad Bank", sheba: ["079"], bins: [] },
  "noor": { fa: 'مؤسسه اعتباری نور', en: "Noor Credit Institution", sheba: ["080"], bins: ["507677"] },
  "iran-venezuela": { fa: 'بانک ایران و ونزوئلا', en: "Iran-Venezuela Bank", sheba: ["095"], bins: ["581874"] },
}

function keyBy(pick: (bank: Bank) => readonly string[]): ReadonlyMap<string, string> {
  return new Map(Object.entries(BANKS).flatMap(([key, bank]) => pick(bank).map((code) => [code, key] as const)))
}

export const BANK_BY_SHEBA = keyBy((bank) => bank.sheba)
export const BANK_BY_BIN = keyBy((bank) => bank.bins)

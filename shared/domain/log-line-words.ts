import type { ActivityKind, Channel, Direction } from './activity.ts'

/**
 * Words of a log line by which it is understood; folded, without half-spaces. A phrase is its words with one space. `direction` when the
 * phrase says it, `past` when it says that it happened, else it may as well be planned.
 */
export type Keyword = {
  kind: ActivityKind
  direction?: Direction
  channel?: Channel
  past?: boolean
  /** An attempt that nobody answered. */
  noAnswer?: boolean
}

const phrases = (list: string) => list.split('|')
const TALKS = 'حرف زدم|حرف زدیم|صحبت کردم|صحبت کردیم|صحبت شد|talked|talked to|talked with'
const table = new Map<string, Keyword>()
const add = (list: string, keyword: Keyword) => {
  for (const phrase of phrases(list)) table.set(phrase, keyword)
}

add('تماس|زنگ|تلفن|تلفنی|تل|مکالمه|call|phone|phone call', { kind: 'call' })
add(
  'تماس گرفتم|تماس گرفتیم|تماس داشتم|تماس داشتیم|زنگ زدم|زنگ زدیم|زنگیدم|تلفن زدم|تلفن کردم|تماس تلفنی گرفتم|تلفنی صحبت کردم|تلفنی حرف زدم|تلفنی صحبت شد|تماس گرفته شد',
  { kind: 'call', direction: 'out', past: true },
)
add('called|phoned|rang|spoke with|spoke to', { kind: 'call', direction: 'out', past: true })
add(
  'تماس گرفت|تماس گرفتند|تماس گرفتن|تماس داشت|زنگ زد|زنگ زدند|زنگ زدن|زنگ زده|زنگ زده بود|تماس گرفته بود|تلفن زد|تلفن کرد|called me|called us|called in',
  { kind: 'call', direction: 'in', past: true },
)
add('تماس از|تماس ورودی|تلفن از|زنگ از|call from|incoming call', { kind: 'call', direction: 'in', past: true })
add('تماس از دست رفته|تماس بیپاسخ|تماس بی پاسخ|میس کال|میسکال|missed call|missed a call|جواب ندادم|نتونستم جواب بدم', {
  kind: 'call',
  direction: 'missed',
  past: true,
})
add('تماس تلفنی', { kind: 'call' })
add('تماس ناموفق|زنگ ناموفق|failed call', { kind: 'call', direction: 'out', past: true, noAnswer: true })
add('جلسه|ملاقات|دیدار|meeting', { kind: 'meeting' })
add(
  'جلسه داشتم|جلسه داشتیم|جلسه گذاشتیم|جلسه برگزار شد|ملاقات کردم|ملاقات داشتم|دیدار داشتم|قرار داشتم|قرار داشتیم|met|met with|had a meeting|را دیدم|رو دیدم|دیدمش|نشستیم',
  { kind: 'meeting', past: true },
)
add('بازدید|ویزیت|مراجعه|visit|حضوری', { kind: 'visit' })
add(
  'رفتم|رفتیم|بازدید کردم|بازدید کردیم|بازدید رفتم|بازدید داشتم|ویزیت کردم|ویزیت شد|رفتم دفتر|رفتم مغازه|رفتم فروشگاه|رفتم کارگاه|رفتم کارخانه|رفتم شرکت|سر زدم|سرزدم|سر زدیم|سر زد|سرزد|مراجعه کرد|مراجعه کردم|حضوری رفتم|حضوری آمد|حضوری امد|اومد مغازه|امد مغازه|اومد دفتر|امد دفتر|اومد پیشم|امد پیشم|visited|dropped by|came by',
  { kind: 'visit', past: true },
)
add('پیام|message|msg', { kind: 'message' })
add('پیام دادم|پیام دادیم|پیام فرستادم|پیام گذاشتم|messaged', { kind: 'message', direction: 'out', past: true })
add('پیام داد|پیام دادند|پیام دادن|پیام فرستاد|پیام گذاشت|پیام از|message from|messaged me', {
  kind: 'message',
  direction: 'in',
  past: true,
})
for (const [channel, names] of [
  ['sms', 'پیامک|اساماس|اسمس|اس ام اس|sms|text'],
  ['whatsapp', 'واتساپ|واتسآپ|واتساب|واتزاپ|واتس اپ|whatsapp'],
  ['telegram', 'تلگرام|تلگرامی|telegram'],
  ['bale', 'پیامرسان بله|بله پیام|bale'],
  ['eitaa', 'ایتا|eitaa'],
  ['rubika', 'روبیکا|rubika'],
  ['instagram', 'اینستا|اینستاگرام|دایرکت|instagram'],
  ['email', 'ایمیل|email|e-mail|mail'],
  ['letter', 'نامه|فکس|letter|fax'],
] as const) {
  for (const name of phrases(names)) {
    table.set(name, { kind: 'message', channel })
    table.set(`پیام ${name}`, { kind: 'message', channel })
    for (const verb of phrases('دادم|زدم|فرستادم|کردم|دادیم|زدیم|نوشتم|پیام دادم|پیام فرستادم')) {
      table.set(`${name} ${verb}`, { kind: 'message', channel, direction: 'out', past: true })
    }
    for (const verb of phrases('داد|زد|فرستاد|کرد|زدند|دادند|فرستادند|نوشت|رسید|از|from|پیام داد|پیام فرستاد')) {
      table.set(`${name} ${verb}`, { kind: 'message', channel, direction: 'in', past: true })
    }
  }
}
// «بله» alone is yes; it is the messenger where one speaks in it
for (const place of ['در', 'تو', 'توی', 'با', 'از']) table.set(`${place} بله`, { kind: 'message', channel: 'bale' })
add('بله به|بله دادم|بله فرستادم', { kind: 'message', channel: 'bale', direction: 'out', past: true })
add('بله از', { kind: 'message', channel: 'bale', direction: 'in', past: true })
add('emailed', { kind: 'message', channel: 'email', direction: 'out', past: true })
add('texted', { kind: 'message', channel: 'sms', direction: 'out', past: true })
add('یادداشت|یادداشت کردم|نکته|note', { kind: 'note' })

add(TALKS, { kind: 'call', direction: 'out', past: true })

export const KEYWORDS: ReadonlyMap<string, Keyword> = table
/** Words that join a place or a way to a message or call: «در واتساپ». */
export const MEDIUM = new Set(phrases('در|تو|توی|با|از|از طریق|on|via|by|in'))

/** Said in any place: what came of it. */
export const NO_ANSWER = new Set(
  phrases(
    'جواب نداد|جواب ندادن|جواب ندادند|جوابی نداد|پاسخ نداد|پاسخی نداد|برنداشت|بر نداشت|ور نداشت|ورنداشت|در دسترس نبود|خاموش بود|اشغال بود|مشغول بود|no answer|did not answer|didnt answer|didnt pick up|not available',
  ),
)

/** What is still to be done, by what it will be. */
export const FOLLOW_UP_WORDS: ReadonlyMap<string, 'todo' | 'call' | 'meeting' | 'visit' | 'message'> = new Map([
  ...phrases(
    'پیگیری|پیگیر|پیگیرشم|پیگیری کنم|پیگیری کن|پیگیری کنیم|پی گیری|پیگری|یادآوری|یاداوری|یادم باشه|یادم باشد|یادم بنداز|یادت باشه|followup|follow up|follow-up|remind|remind me|reminder|باید|قراره|قرار شد|قرار است|ارسال کنم|ارسال شود|ارسال بشه|ببرم|بیارم|بدم|بدهم|بذارم|بگذارم|بپرسم|ببینم|بگم|بگو|بگید|بگین|بگویید|بگیرم|آماده کنم|اماده کنم|to do|todo',
  ).map((w) => [w, 'todo'] as const),
  ...phrases(
    'زنگ بزنم|زنگ بزن|زنگ بزنیم|زنگ میزنم|زنگ میزنه|زنگ بزنه|تماس بگیرم|تماس بگیر|تماس بگیریم|تماس میگیرم|تماس میگیره|تماس میگیرد|تماس بگیره|تماس بگیرد|تماس مجدد|دوباره تماس|دوباره زنگ|تلفن کنم|تلفن بزنم|call back|call him|call her|call them|call again',
  ).map((w) => [w, 'call'] as const),
  ...phrases(
    'جلسه بذاریم|جلسه بگذاریم|جلسه داریم|جلسه دارم|جلسه بعدی|قرار|قرار ملاقات|قرار گذاشتیم|قرار گذاشتم|قرار داریم|قرار دارم|قرار جلسه|meet',
  ).map((w) => [w, 'meeting'] as const),
  ...phrases('بازدید کنم|بازدید کنیم|سر بزنم|سر بزنیم|برم پیش|بروم پیش|برم پیشش|بروم پیشش|بریم پیش|برم|بروم|بریم').map(
    (w) => [w, 'visit'] as const,
  ),
  ...phrases(
    'پیام بدم|پیام بدهم|پیامک بدم|پیامک بزنم|پیامک کنم|ایمیل بزنم|ایمیل کنم|ایمیل بدم|بفرستم|بفرستیم|فرستاده شود|send|email him|email her',
  ).map((w) => [w, 'message'] as const),
])

/** A name ends before these, whatever stands between. */
export const NOT_A_NAME = new Set(
  phrases(
    'را|رو|مشتری|که|قیمت|قیمتها|درباره|دربارهی|درمورد|راجع|راجب|بابت|برای|واسه|در|مورد|گفت|گفتم|گفتن|گفتند|پرسید|پرسیدم|خواست|خواستم|سفارش|فاکتور|پیشفاکتور|حساب|بدهی|چک|پول|پرداخت|تسویه|تحویل|بار|جنس|کالا|نمونه|کاتالوگ|لیست|مرجوعی|تخفیف|هم|و|یا|اما|ولی|چون|تا|هنوز|دوباره|مجدد|مجددا|صحبت|حرف|انجام|شد|شده|بود|نبود|نداد|داد|کرد|کردم|کردیم|داشت|دارد|داره|دارم|است|هست|نیست|نمیخواد|میخواد|میخواهد|خوب|خوبی|طولانی|کوتاه|دقیقه|ساعت|اینکه|این|آن|اون|ان|همین|موضوع|مشکل|شکایت|قرارداد|قرار|پیگیری|جواب|جلسه|تماس|زنگ|پیام|اوکی|اوکیه|ok|about|for|asked|said|wants|wanted|and|the|a|price|order|invoice|re|regarding|to|he|she|they|on|at|who|that|no|follow|followup|الان|حالا|اکنون|فعلا|نزدم|نزد|نزدیم|نزدند|نگرفتم|نگرفت|نگرفتیم|نرفتم|نرفت|نرفتیم|ندادم|نکردم|نکرد|نکردیم|نفرستادم|بگو|بگید|بگین|بگویید|بگم|بگویم|بده|بدید|بیاد|بیاید|بیا|بزن|بزنه|بزند|بزنم|بره|برو|خودش|خودم|خودشان',
  ),
)

/** What was not done is no call and no message. */
export const NOT_DONE = new Set(
  phrases(
    'زنگ نزدم|زنگ نزدیم|زنگ نزد|زنگ نزدند|تماس نگرفتم|تماس نگرفتیم|تماس نگرفت|تماس نگرفتند|تلفن نکردم|تلفن نزدم|پیام ندادم|پیام نداد|پیام نفرستادم|پیامک ندادم|پیامک نزدم|ایمیل نزدم|ایمیل نفرستادم|جلسه نداشتیم|جلسه نداشتم',
  ),
)

/** Before whom it was with. */
export const WITH = new Set(phrases('با|به|از|پیش|with|to|from'))

/** Every single word that can be part of a day or a time; numbers aside. */
export const WHEN_WORDS = new Set(
  phrases(
    'امروز|امشب|فردا|پسفردا|پس|پسون|دیروز|دیشب|پریروز|پریشب|روز|هفته|ماه|برج|سال|ساعت|دقیقه|ربع|نیم|و|دیگه|دیگر|بعد|بعدی|اینده|پیش|قبل|قبلی|گذشته|این|همین|اول|اخر|پایان|ته|سر|وسط|نیمه|ابتدای|صبح|صبحی|ظهر|عصر|عصری|غروب|شب|بامداد|سحر|زود|وقت|اداری|بعدازظهر|قبلازظهر|از|به|مانده|مونده|تا|برای|واسه|حدود|حدودا|حدودای|طرفای|حوالی|راس|موقع|یکشنبه|دوشنبه|سهشنبه|سشنبه|چهارشنبه|چارشنبه|پنجشنبه|پنشنبه|شنبه|جمعه|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|ابان|اذر|دی|بهمن|اسفند|فروردینماه|اذرماه|دیماه|بهمنماه|مهرماه|ابانماه|تیرماه|نوروز|عید|یلدا|سیزده|بدر|در|today|tomorrow|tonight|yesterday|day|days|week|weeks|month|months|after|before|next|last|this|in|on|at|by|of|the|end|ago|later|from|now|hour|hours|minute|minutes|min|mins|half|past|quarter|am|pm|noon|morning|afternoon|evening|night|midnight|saturday|sunday|monday|tuesday|wednesday|thursday|friday|sat|sun|mon|tue|wed|thu|fri|farvardin|ordibehesht|khordad|tir|mordad|shahrivar|mehr|aban|azar|dey|bahman|esfand',
  ),
)

/** A number before one of these counts things and is no hour or date. */
export const COUNTED = new Set(
  phrases(
    'میلیون|میلیارد|هزار|تومان|تومن|ریال|دلار|کیلو|کیلویی|کیلوگرم|گرم|تن|متر|سانت|عدد|تا|تایی|کارتن|بسته|جعبه|دست|جفت|نفر|درصد|لیتر|شاخه|رول|دستگاه|قلم|فقره|بار|مرتبه|سالن|شعبه|million|pcs|boxes|kg|toman|rial',
  ),
)

/** Verbs of what is over: a line with one of them tells, it does not plan. */
export const PAST_VERBS = new Set(
  phrases(
    'زدم|زد|زدند|زدن|زدیم|گرفتم|گرفت|گرفتند|گرفتن|گرفتیم|داشتم|داشت|داشتیم|داشتند|رفتم|رفت|رفتیم|کردم|کرد|کردیم|کردند|کردن|دادم|داد|دادند|دادیم|فرستادم|فرستاد|فرستادند|گفت|گفتم|گفتند|گفتن|پرسید|پرسیدم|پرسیدند|خواست|خواستم|خواستند|امد|اومد|امدند|اومدن|امدیم|شد|شدند|بود|بودم|بودند|بودیم|نداد|ندادم|نداشت|برنداشت|نوشت|نوشتم|شنید|شنیدم|فهمیدم|سپردم|فروختم|دیدم|دیدیم|دیدمش|خریدم|رسید|گذاشت|گذاشتم|گذاشتیم|پذیرفت|قبول|نشد|نبود|ماند|موند|برد|بردم|اورد|اوردم|called|met|visited|sent|asked|said|was|had|wanted|told|bought|spoke|emailed|came|went|did|agreed|rejected',
  ),
)

/** Of a call that came in: nobody took it. */
export const NOT_TAKEN = new Set(phrases('جواب ندادم|برنداشتم|نتونستم جواب بدم|نشد جواب بدم|i missed it'))
/** With a name in front of them somebody else did it: 'Rezaei called'. */
export const EITHER_WAY = new Set(phrases('called|phoned|rang|emailed|texted|messaged'))
/** Talking, of itself a call unless something nearer says how. */
export const TALK = new Set(phrases(TALKS))

/** Verbs that only carry a keyword: «یه زنگ به رضایی زدم». */
export const CARRYING = new Set(phrases('زدم|زدیم|گرفتم|گرفتیم|کردم|کردیم|داشتم|داشتیم|شد'))

/**
 * Official days off in Iran that follow the moon, by Jalali year, as «key month/day».
 *
 * `announced` are days of the printed calendar as newspapers and calendars published it; the calendar of the Geophysics Institute of the
 * University of Tehran is the authority and was not read itself. Every one of 1402–1404 was found in a published list or in the tables of
 * python-holidays (MIT), except mabas and mahdiBirth of 1402, fatimaDeath and mahdiBirth of 1404 (from memory) and aliDeath of Esfand 1404
 * (reckoned: 29 Esfand was announced as 30 Ramadan). 1405 stands on one list of October 2025, read as far as Tir.
 *
 * `estimated` were never announced to us: the Umm al-Qura calendar one day later, frozen here. It hits 34 of the 51 announced days of
 * 1402–1404 (the civil Islamic calendar hits 30) and misses the others by a day. They are shown as approximate.
 * UNVERIFIED: every `estimated` day, so most of 1405 and all of 1406–1408, and whether 25 Shawwal (sadeqDeath) is still a day off from
 * 1405 on: the list of 1405 does not count it.
 */
export const LUNAR_HOLIDAYS: Readonly<Record<number, { announced: string; estimated: string }>> = {
  1402: {
    announced:
      'aliDeath 1/23, fitr 2/2, fitrSecond 2/3, sadeqDeath 2/26, adha 4/8, ghadir 4/16, tasua 5/5, ashura 5/6, arbaeen 6/15, ' +
      'prophetDeath 6/23, rezaDeath 6/25, askariDeath 7/2, prophetBirth 7/11, fatimaDeath 9/26, aliBirth 11/5, mabas 11/19, mahdiBirth 12/6',
    estimated: '',
  },
  1403: {
    announced:
      'aliDeath 1/13, fitr 1/22, fitrSecond 1/23, sadeqDeath 2/15, adha 3/28, ghadir 4/5, tasua 4/25, ashura 4/26, arbaeen 6/4, ' +
      'prophetDeath 6/12, rezaDeath 6/14, askariDeath 6/22, prophetBirth 6/31, fatimaDeath 9/15, aliBirth 10/25, mabas 11/9, mahdiBirth 11/26',
    estimated: '',
  },
  1404: {
    announced:
      'aliDeath 1/2, fitr 1/11, fitrSecond 1/12, sadeqDeath 2/4, adha 3/16, ghadir 3/24, tasua 4/14, ashura 4/15, arbaeen 5/23, ' +
      'prophetDeath 5/31, rezaDeath 6/2, askariDeath 6/10, prophetBirth 6/19, fatimaDeath 9/3, aliBirth 10/13, mabas 10/27, mahdiBirth 11/15, ' +
      'aliDeath 12/20',
    estimated: '',
  },
  1405: {
    announced: 'fitr 1/1, fitrSecond 1/2, adha 3/6, ghadir 3/14, tasua 4/3, ashura 4/4',
    estimated:
      'sadeqDeath 1/25, arbaeen 5/13, prophetDeath 5/21, rezaDeath 5/23, askariDeath 5/31, prophetBirth 6/9, fatimaDeath 8/23, ' +
      'aliBirth 10/2, mabas 10/16, mahdiBirth 11/4, aliDeath 12/10, fitr 12/19, fitrSecond 12/20',
  },
  1406: {
    announced: '',
    estimated:
      'sadeqDeath 1/14, adha 2/27, ghadir 3/4, tasua 3/25, ashura 3/26, arbaeen 5/3, prophetDeath 5/11, rezaDeath 5/12, askariDeath 5/20, ' +
      'prophetBirth 5/29, fatimaDeath 8/12, aliBirth 9/21, mabas 10/5, mahdiBirth 10/23, aliDeath 11/29, fitr 12/8, fitrSecond 12/9',
  },
  1407: {
    announced: '',
    estimated:
      'sadeqDeath 1/3, adha 2/17, ghadir 2/25, tasua 3/14, ashura 3/15, arbaeen 4/24, prophetDeath 5/1, rezaDeath 5/2, askariDeath 5/10, ' +
      'prophetBirth 5/19, fatimaDeath 8/1, aliBirth 9/11, mabas 9/25, mahdiBirth 10/12, aliDeath 11/18, fitr 11/27, fitrSecond 11/28, ' +
      'sadeqDeath 12/21',
  },
  1408: {
    announced: '',
    estimated:
      'adha 2/6, ghadir 2/14, tasua 3/3, ashura 3/4, arbaeen 4/13, prophetDeath 4/21, rezaDeath 4/23, askariDeath 4/31, prophetBirth 5/9, ' +
      'fatimaDeath 7/21, aliBirth 9/1, mabas 9/15, mahdiBirth 10/2, aliDeath 11/7, fitr 11/17, fitrSecond 11/18, sadeqDeath 12/11',
  },
}

//! The table of cases: what people type, and what it means.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Code;

/// What people type, and what it means: kind, first day, day due, and what is reported.
const CASES: &str = "
        # months
        Sept '11                                                       | Month     | 2011-09-01 | 2011-09-30 |
        Feb 12                                                         | Month     | 2012-02-01 | 2012-02-29 |
        April '13                                                      | Month     | 2013-04-01 | 2013-04-30 |
        Apr ’12                                                        | Month     | 2012-04-01 | 2012-04-30 |
        Sep 2011                                                       | Month     | 2011-09-01 | 2011-09-30 |
        Sept-11                                                        | Month     | 2011-09-01 | 2011-09-30 |
        Sept/11                                                        | Month     | 2011-09-01 | 2011-09-30 |
        Sept. 2011                                                     | Month     | 2011-09-01 | 2011-09-30 |
        September (2011)                                               | Month     | 2011-09-01 | 2011-09-30 |
        2011 September                                                 | Month     | 2011-09-01 | 2011-09-30 |
        09/2011                                                        | Month     | 2011-09-01 | 2011-09-30 |
        2011-09                                                        | Month     | 2011-09-01 | 2011-09-30 |
        end of March 2012                                              | Month     | 2012-03-01 | 2012-03-31 |
        by end March 2012                                              | Month     | 2012-03-01 | 2012-03-31 |
        by the end of 2012                                             | Year      | 2012-01-01 | 2012-12-31 |
        Due: Sept 2011                                                 | Month     | 2011-09-01 | 2011-09-30 |
        before March 2012                                              | Month     | 2012-03-01 | 2012-03-31 |
        until March 2012                                               | Month     | 2012-03-01 | 2012-03-31 |
        Mawrth 2012                                                    | Month     | 2012-03-01 | 2012-03-31 |
        Ionawr 2012                                                    | Month     | 2012-01-01 | 2012-01-31 |
        Chwefror 2012                                                  | Month     | 2012-02-01 | 2012-02-29 |
        Ebrill 2012                                                    | Month     | 2012-04-01 | 2012-04-30 |
        Mai 2012                                                       | Month     | 2012-05-01 | 2012-05-31 |
        Mehefin 2012                                                   | Month     | 2012-06-01 | 2012-06-30 |
        Gorffennaf 2012                                                | Month     | 2012-07-01 | 2012-07-31 |
        Awst 2012                                                      | Month     | 2012-08-01 | 2012-08-31 |
        Medi 2012                                                      | Month     | 2012-09-01 | 2012-09-30 |
        Hydref 2012                                                    | Month     | 2012-10-01 | 2012-10-31 |
        Tachwedd 2012                                                  | Month     | 2012-11-01 | 2012-11-30 |
        30 Rhagfyr 2012                                                | Day       | 2012-12-30 | 2012-12-30 |
        erbyn diwedd mis Mawrth 2012                                   | Month     | 2012-03-01 | 2012-03-31 |
        Septmeber 2011                                                 | Month     | 2011-09-01 | 2011-09-30 | date-guessed
        Febuary 12                                                     | Month     | 2012-02-01 | 2012-02-29 | date-guessed
        30 Agust 2011                                                  | Day       | 2011-08-30 | 2011-08-30 | date-guessed
        Sept 30                                                        | Month     | 2030-09-01 | 2030-09-30 | date-guessed
        Match 2012                                                     | Unknown   |            |            | date-unread
        # days
        30/09/2011                                                     | Day       | 2011-09-30 | 2011-09-30 |
        30/09/2011 14:30                                               | Day       | 2011-09-30 | 2011-09-30 |
        30/09/2011 at 2.30pm                                           | Day       | 2011-09-30 | 2011-09-30 |
        2026-08-06 00:00:00                                            | Day       | 2026-08-06 | 2026-08-06 |
        2026-08-06T09:30:00Z                                           | Day       | 2026-08-06 | 2026-08-06 |
        3/4/2012                                                       | Day       | 2012-04-03 | 2012-04-03 |
        30.9.11                                                        | Day       | 2011-09-30 | 2011-09-30 |
        30-09-2011                                                     | Day       | 2011-09-30 | 2011-09-30 |
        30/9/'11                                                       | Day       | 2011-09-30 | 2011-09-30 |
        2011-09-30                                                     | Day       | 2011-09-30 | 2011-09-30 |
        2011/09/30                                                     | Day       | 2011-09-30 | 2011-09-30 |
        9-Nov-07                                                       | Day       | 2007-11-09 | 2007-11-09 |
        9-Nove-07                                                      | Day       | 2007-11-09 | 2007-11-09 |
        30Sept2011                                                     | Day       | 2011-09-30 | 2011-09-30 |
        3rd of May 2012                                                | Day       | 2012-05-03 | 2012-05-03 |
        3 rd May 2012                                                  | Day       | 2012-05-03 | 2012-05-03 |
        the 1st day of May 2012                                        | Unknown   |            |            | date-unread
        September 30, 2020                                             | Day       | 2020-09-30 | 2020-09-30 |
        October 31, 2020*                                              | Day       | 2020-10-31 | 2020-10-31 |
        May 3rd, 2012                                                  | Day       | 2012-05-03 | 2012-05-03 |
        2011-Sep-30                                                    | Day       | 2011-09-30 | 2011-09-30 |
        by 21 December 2011                                            | Day       | 2011-12-21 | 2011-12-21 |
        no later than 21/12/11                                         | Day       | 2011-12-21 | 2011-12-21 |
        Friday 30th Sept 2011                                          | Day       | 2011-09-30 | 2011-09-30 |
        Fri, 30/9/11                                                   | Day       | 2011-09-30 | 2011-09-30 |
        Weds 3 May 2012                                                | Day       | 2012-05-03 | 2012-05-03 | date-guessed
        4/30/2014                                                      | Day       | 2014-04-30 | 2014-04-30 | date-guessed
        4-30-14                                                        | Day       | 2014-04-30 | 2014-04-30 | date-guessed
        40816                                                          | Day       | 2011-09-30 | 2011-09-30 | date-guessed
        40816.5                                                        | Day       | 2011-09-30 | 2011-09-30 | date-guessed
        34700                                                          | Day       | 1995-01-01 | 1995-01-01 | date-guessed
        49309                                                          | Day       | 2034-12-31 | 2034-12-31 | date-guessed
        49310                                                          | Unknown   |            |            | date-unread
        51121                                                          | Unknown   |            |            | date-unread
        20110930                                                       | Day       | 2011-09-30 | 2011-09-30 | date-guessed
        20119930                                                       | Unknown   |            |            | date-unread
        Christmas 2011                                                 | Day       | 2011-12-25 | 2011-12-25 |
        by Christmas 2011                                              | Day       | 2011-12-25 | 2011-12-25 |
        before Easter 2012                                             | Day       | 2012-04-08 | 2012-04-08 |
        # without a year
        Mar                                                            | Unknown   |            |            | date-without-year
        end of March                                                   | Unknown   |            |            | date-without-year
        13-Sep                                                         | Unknown   |            |            | date-without-year
        3 May                                                          | Unknown   |            |            | date-without-year
        May 3                                                          | Unknown   |            |            | date-without-year
        Sept 11th                                                      | Unknown   |            |            | date-without-year
        3rd of May                                                     | Unknown   |            |            | date-without-year
        Sept - Dec                                                     | Unknown   |            |            | date-without-year
        Sept '11 - Feb                                                 | Unknown   |            |            | date-without-year
        by Christmas                                                   | Unknown   |            |            | date-without-year
        Easter                                                         | Unknown   |            |            | date-without-year
        Spring                                                         | Unknown   |            |            | date-without-year
        Autumn term                                                    | Unknown   |            |            | date-without-year
        October half term                                              | Unknown   |            |            | date-without-year
        Q1                                                             | Unknown   |            |            | date-without-year
        mid August                                                     | Unknown   |            |            | date-without-year
        # quarters
        Q4 2010/11                                                     | Quarter   | 2011-01-01 | 2011-03-31 |
        Q2 2011/12                                                     | Quarter   | 2011-07-01 | 2011-09-30 |
        Q4 10/11                                                       | Quarter   | 2011-01-01 | 2011-03-31 |
        Q4 '10/'11                                                     | Quarter   | 2011-01-01 | 2011-03-31 |
        Quarter 4 2010-11                                              | Quarter   | 2011-01-01 | 2011-03-31 |
        Q4 (2010/11)                                                   | Quarter   | 2011-01-01 | 2011-03-31 |
        Q4 - 2010/11                                                   | Quarter   | 2011-01-01 | 2011-03-31 |
        Q4 FY 2010/11                                                  | Quarter   | 2011-01-01 | 2011-03-31 |
        2010/11 Q4                                                     | Quarter   | 2011-01-01 | 2011-03-31 |
        4th quarter of 2010/11                                         | Quarter   | 2011-01-01 | 2011-03-31 |
        third quarter 2010/2011                                        | Quarter   | 2010-10-01 | 2010-12-31 |
        end of Q3 2016/17                                              | Quarter   | 2016-10-01 | 2016-12-31 |
        early Q3 2016/17                                               | Range     | 2016-10-01 | 2016-10-31 | date-approximate
        Q2 2017                                                        | Quarter   | 2017-07-01 | 2017-09-30 | date-guessed
        Q2-Q3 2017                                                     | Range     | 2017-07-01 | 2017-12-31 | date-guessed
        Q2 - Q3 2016/17                                                | Range     | 2016-07-01 | 2016-12-31 |
        Q3-4 2012/13                                                   | Range     | 2012-10-01 | 2013-03-31 |
        Q1/Q2 2011/12                                                  | Range     | 2011-04-01 | 2011-09-30 |
        Q4 2010/11 - Q1 2011/12                                        | Range     | 2011-01-01 | 2011-06-30 |
        Q5 2011/12                                                     | Unknown   |            |            | date-unread
        # seasons, terms
        Spring 2012                                                    | Range     | 2012-03-01 | 2012-05-31 | date-approximate
        Summer '12                                                     | Range     | 2012-06-01 | 2012-08-31 | date-approximate
        Autumn 2011                                                    | Range     | 2011-09-01 | 2011-11-30 | date-approximate
        Winter 2011/12                                                 | Range     | 2011-12-01 | 2012-02-29 | date-approximate
        Autumn/Winter 2011                                             | Range     | 2011-09-01 | 2012-02-29 | date-approximate
        early Spring 2012                                              | Range     | 2012-03-01 | 2012-03-31 | date-approximate
        Autumn term 2011                                               | Term      | 2011-09-01 | 2011-12-31 |
        Spring Term 2012                                               | Term      | 2012-01-01 | 2012-04-30 |
        Summer term 2011/12                                            | Term      | 2012-05-01 | 2012-07-31 |
        end of the summer term 2012                                    | Term      | 2012-05-01 | 2012-07-31 |
        2011/12 autumn term                                            | Term      | 2011-09-01 | 2011-12-31 |
        Easter term 2012                                               | Term      | 2012-01-01 | 2012-04-30 |
        Autumn 1 2011                                                  | Term      | 2011-09-01 | 2011-10-31 | date-approximate
        Autumn term 2 2011                                             | Term      | 2011-11-01 | 2011-12-31 | date-approximate
        Aut2 2011                                                      | Term      | 2011-11-01 | 2011-12-31 | date-approximate
        first half of the autumn term 2011                             | Term      | 2011-09-01 | 2011-10-31 | date-approximate
        2nd half of spring term 2012                                   | Term      | 2012-03-01 | 2012-04-30 | date-approximate
        start of the summer term 2012                                  | Term      | 2012-05-01 | 2012-05-31 | date-approximate
        October half term 2011                                         | Month     | 2011-10-01 | 2011-10-31 | date-approximate
        February half-term 2012                                        | Month     | 2012-02-01 | 2012-02-29 | date-approximate
        Autumn half term 2011                                          | Month     | 2011-10-01 | 2011-10-31 | date-approximate
        Autumn and Spring terms 2011/12                                | Range     | 2011-09-01 | 2012-04-30 |
        # years
        2012                                                           | Year      | 2012-01-01 | 2012-12-31 |
        2011/12                                                        | Year      | 2011-04-01 | 2012-03-31 |
        2011/2012                                                      | Year      | 2011-04-01 | 2012-03-31 |
        2011-12                                                        | Year      | 2011-04-01 | 2012-03-31 | date-guessed
        financial year 2011-12                                         | Year      | 2011-04-01 | 2012-03-31 |
        FY 2011/12                                                     | Year      | 2011-04-01 | 2012-03-31 |
        FY11                                                           | Year      | 2011-04-01 | 2012-03-31 | date-guessed
        end of the financial year 2011/12                              | Year      | 2011-04-01 | 2012-03-31 |
        academic year 2011/12                                          | Year      | 2011-09-01 | 2012-08-31 |
        AY 2011/12                                                     | Year      | 2011-09-01 | 2012-08-31 |
        2011/12 academic year                                          | Year      | 2011-09-01 | 2012-08-31 |
        school year 2011                                               | Year      | 2011-09-01 | 2012-08-31 | date-guessed
        2011-2014                                                      | Range     | 2011-01-01 | 2014-12-31 |
        2011-14                                                        | Range     | 2011-01-01 | 2014-12-31 | date-guessed
        2011/12 to 2013/14                                             | Range     | 2011-04-01 | 2014-03-31 |
        2011/13                                                        | Unknown   |            |            | date-unread
        # parts
        early March 2012                                               | Range     | 2012-03-01 | 2012-03-10 | date-approximate
        beginning of March 2012                                        | Range     | 2012-03-01 | 2012-03-10 | date-approximate
        mid March 2012                                                 | Range     | 2012-03-11 | 2012-03-20 | date-approximate
        mid-March 2012                                                 | Range     | 2012-03-11 | 2012-03-20 | date-approximate
        late March 2012                                                | Range     | 2012-03-21 | 2012-03-31 | date-approximate
        first half of March 2012                                       | Range     | 2012-03-01 | 2012-03-15 | date-approximate
        mid 2012                                                       | Range     | 2012-05-01 | 2012-08-31 | date-approximate
        late 2012                                                      | Range     | 2012-09-01 | 2012-12-31 | date-approximate
        second half of 2012                                            | Range     | 2012-07-01 | 2012-12-31 | date-approximate
        w/c 14 May 2012                                                | Range     | 2012-05-14 | 2012-05-20 |
        Week commencing: Monday 14th May 2012                          | Range     | 2012-05-14 | 2012-05-20 |
        week ending 18/5/12                                            | Range     | 2012-05-12 | 2012-05-18 |
        w/e Friday 18 May 2012                                         | Range     | 2012-05-12 | 2012-05-18 |
        # ranges
        Sept '11 - Feb '12                                             | Range     | 2011-09-01 | 2012-02-29 |
        September to December 2011                                     | Range     | 2011-09-01 | 2011-12-31 |
        from September to December 2011                                | Range     | 2011-09-01 | 2011-12-31 |
        Jan-Mar 2012                                                   | Range     | 2012-01-01 | 2012-03-31 |
        Nov - Feb 2012                                                 | Range     | 2011-11-01 | 2012-02-29 | date-guessed
        1st April 2012 – 31st March 2013                               | Range     | 2012-04-01 | 2013-03-31 |
        1-5 May 2012                                                   | Range     | 2012-05-01 | 2012-05-05 |
        1st to 5th May 2012                                            | Range     | 2012-05-01 | 2012-05-05 |
        28 April - 2 May 2012                                          | Range     | 2012-04-28 | 2012-05-02 |
        between May and July 2012                                      | Range     | 2012-05-01 | 2012-07-31 |
        between 1 and 5 May 2012                                       | Range     | 2012-05-01 | 2012-05-05 |
        1 May 2012 to 31/05/2012                                       | Range     | 2012-05-01 | 2012-05-31 |
        Sept/Oct 2011                                                  | Range     | 2011-09-01 | 2011-10-31 |
        Early Sept to mid October 2011                                 | Range     | 2011-09-01 | 2011-10-20 | date-approximate
        Feb '12 - Sept '11                                             | Unknown   |            |            | date-unread
        # again and again, without end, counted from something else
        Ongoing                                                        | Ongoing   |            |            |
        On-going from Sept 11                                          | Ongoing   | 2011-09-01 |            |
        Ongoing until March 2012                                       | Range     |            | 2012-03-31 |
        continuous                                                     | Ongoing   |            |            |
        in place                                                       | Ongoing   |            |            |
        Business as usual                                              | Ongoing   |            |            |
        immediately, then quarterly                                    | Recurring |            |            |
        immediate and ongoing                                          | Ongoing   |            |            |
        Ongoing (Sept 11)                                              | Ongoing   | 2011-09-01 |            | date-guessed
        Ongoing - review Sept 2012                                     | Ongoing   |            |            | date-guessed
        Sept 2011 and ongoing                                          | Ongoing   | 2011-09-01 |            | date-guessed
        From Sept 2011                                                 | Ongoing   | 2011-09-01 |            | date-guessed
        Sept 2011 onwards                                              | Ongoing   | 2011-09-01 |            | date-guessed
        monthly                                                        | Recurring |            |            |
        Measured Annually                                              | Recurring |            |            |
        Annually in accordance with OMB Guidance                       | Recurring |            |            |
        each term                                                      | Recurring |            |            |
        every 6 weeks                                                  | Recurring |            |            |
        twice a year                                                   | Recurring |            |            |
        6-weekly                                                       | Recurring |            |            |
        1 activity per quarter, any order encouraged of all agencies   | Recurring |            |            |
        Every September                                                | Recurring |            |            |
        half-termly                                                    | Recurring |            |            |
        Monthly from April 2012                                        | Recurring | 2012-04-01 |            |
        Monthly, April 2012 to March 2013                              | Recurring | 2012-04-01 | 2013-03-31 |
        Sept 2011 and annually thereafter                              | Recurring | 2011-09-01 |            |
        Monthly until March 2013                                       | Recurring |            | 2013-03-31 |
        31st March each year                                           | Recurring |            |            |
        Termly: Dec, Apr, Jul                                          | Recurring |            |            |
        Annual review Sept 2012                                        | Recurring |            |            | date-guessed
        Every effort will be made                                      | Unknown   |            |            | date-unread
        Within three months                                            | Relative  |            |            |
        within 3 months                                                | Relative  |            |            |
        3 months after publication                                     | Relative  |            |            |
        90 days after guidance is issued*                              | Relative  |            |            |
        six weeks                                                      | Relative  |            |            |
        Immediate                                                      | Relative  |            |            |
        ASAP                                                           | Relative  |            |            |
        next term                                                      | Relative  |            |            |
        within 2011/12                                                 | Year      | 2011-04-01 | 2012-03-31 |
        within 3 months of Sept 2011                                   | Relative  |            |            | date-guessed
        Following Easter 2012                                          | Relative  |            |            | date-guessed
        # done, or not settled
        Complete                                                       | Unknown   |            |            | date-says-status
        Done                                                           | Unknown   |            |            | date-says-status
        On track                                                       | Unknown   |            |            | date-says-status
        already actioned (Aug 11)                                      | Month     | 2011-08-01 | 2011-08-31 | date-says-status
        Completed Sept 11                                              | Month     | 2011-09-01 | 2011-09-30 | date-says-status
        Sept 2011 - complete                                           | Month     | 2011-09-01 | 2011-09-30 | date-says-status
        31/03/12 (met)                                                 | Day       | 2012-03-31 | 2012-03-31 | date-says-status
        Sept 2011 (completed Aug 2011)                                 | Month     | 2011-09-01 | 2011-09-30 | date-says-status
        Dec 2011 - slipped                                             | Month     | 2011-12-01 | 2011-12-31 | date-says-status
        Complete Sept 2011                                             | Month     | 2011-09-01 | 2011-09-30 | date-says-status
        Not complete - March 2012                                      | Month     | 2012-03-01 | 2012-03-31 | date-says-status
        To be completed by Sept 2011                                   | Month     | 2011-09-01 | 2011-09-30 |
        TBC                                                            | Unknown   |            |            | no-target-date
        to be confirmed                                                | Unknown   |            |            | no-target-date
        n/a                                                            | Unknown   |            |            | no-target-date
        -                                                              | Unknown   |            |            | no-target-date
        ?                                                              | Unknown   |            |            | no-target-date
        TBC by the board                                               | Unknown   |            |            | date-unread
        Sept 2011 (TBC)                                                | Month     | 2011-09-01 | 2011-09-30 | date-guessed
        Sept 2011?                                                     | Month     | 2011-09-01 | 2011-09-30 | date-guessed
        approx. Sept 2011                                              | Month     | 2011-09-01 | 2011-09-30 | date-guessed
        # several dates, and notes
        Sept 11 / Dec 11                                               | Range     | 2011-09-01 | 2011-12-31 | date-guessed
        Sept 11, Dec 11 and Mar 12                                     | Range     | 2011-09-01 | 2012-03-31 | date-guessed
        Sept and Dec 2011                                              | Range     | 2011-09-01 | 2011-12-31 | date-guessed
        30/9/11 revised 31/12/11                                       | Day       | 2011-12-31 | 2011-12-31 | date-replaced
        Sept '11 (revised to Dec '11)                                  | Month     | 2011-12-01 | 2011-12-31 | date-replaced
        revised from Sept 2011 to Dec 2011                             | Month     | 2011-12-01 | 2011-12-31 | date-replaced
        Sept 2011, extended to March 2012                              | Month     | 2012-03-01 | 2012-03-31 | date-replaced
        Sept 2011 now Dec 2011                                         | Month     | 2011-12-01 | 2011-12-31 | date-replaced
        Dec 2011 (was Sept 2011)                                       | Month     | 2011-12-01 | 2011-12-31 | date-replaced
        Original: Sept 2011 Revised: Dec 2011                          | Month     | 2011-12-01 | 2011-12-31 | date-replaced
        Sept 2011 (original), Dec 2011 (revised)                       | Month     | 2011-12-01 | 2011-12-31 | date-replaced
        Revised: Dec 2011                                              | Month     | 2011-12-01 | 2011-12-31 |
        30/9/11; 31/12/11 (revised)                                    | Day       | 2011-12-31 | 2011-12-31 | date-replaced
        Was Sept 2011                                                  | Unknown   |            |            | date-unread
        Phase 1: May 12; Phase 2: Sept 12                              | Range     | 2012-05-01 | 2012-09-30 | date-in-sentence
        Phase 1 May 12, Phase 2 Sept 12                                | Range     | 2012-05-01 | 2012-09-30 | date-in-sentence
        Consultation: May 12; launch: Sept 12                          | Range     | 2012-05-01 | 2012-09-30 | date-guessed date-in-sentence
        Launch event: Sept 2011                                        | Month     | 2011-09-01 | 2011-09-30 | date-in-sentence
        Sept 2011 (subject to funding)                                 | Month     | 2011-09-01 | 2011-09-30 |
        Sept 2011 - subject to funding                                 | Month     | 2011-09-01 | 2011-09-30 | date-in-sentence
        Sept 2011 (outline by June 2011)                               | Month     | 2011-09-01 | 2011-09-30 | date-guessed
        Friday 30/9/11 (end Sept 2011)                                 | Day       | 2011-09-30 | 2011-09-30 |
        30/09/2011 (Q2)                                                | Day       | 2011-09-30 | 2011-09-30 |
        30/06/12 but slipped to 30/09/12                               | Day       | 2012-09-30 | 2012-09-30 | date-replaced
        Q4 (Jan-Mar 2012)                                              | Range     | 2012-01-01 | 2012-03-31 | date-guessed
        Starting Sept 2011, complete by Dec 2011                       | Range     | 2011-09-01 | 2011-12-31 |
        Sept 2011 / Dec                                                | Unknown   |            |            | date-without-year
        # in a sentence
        Discuss by July 2017                                           | Month     | 2017-07-01 | 2017-07-31 | date-in-sentence
        To be presented to Cabinet in March 2027                       | Month     | 2027-03-01 | 2027-03-31 | date-in-sentence
        Complete evaluation in 2017                                    | Year      | 2017-01-01 | 2017-12-31 | date-in-sentence
        Receive response by Q3 2017/18                                 | Quarter   | 2017-10-01 | 2017-12-31 | date-in-sentence
        First draft to the Board by Friday 3rd July 2026               | Day       | 2026-07-03 | 2026-07-03 | date-in-sentence
        Report to Board 12/09/2026 and sign off by 30/09/2026          | Day       | 2026-09-30 | 2026-09-30 | date-guessed
        Policy (agreed Jan 2025) to be reviewed by 30 June 2027        | Day       | 2027-06-30 | 2027-06-30 | date-in-sentence
        Phase 1 by June 2026, phase 2 by Dec 2026                      | Range     | 2026-06-01 | 2026-12-31 | date-in-sentence
        Completed - 12/05/2026                                         | Day       | 2026-05-12 | 2026-05-12 | date-says-status
        not before March 2027                                          | Relative  |            |            | date-guessed
        The board will meet after 1 April 2027                         | Unknown   |            |            | date-unread
        31 Sept 2011 or so                                             | Unknown   |            |            | date-unread
        Autumn 2026 term                                               | Term      | 2026-09-01 | 2026-12-31 |
        week 3 of June 2026                                            | Month     | 2026-06-01 | 2026-06-30 | date-in-sentence
        Year 1 (2026/27)                                               | Year      | 2026-04-01 | 2027-03-31 | date-in-sentence
        3ydd Mehefin 2026                                              | Day       | 2026-06-03 | 2026-06-03 |
        end of calendar year 2026                                      | Year      | 2026-01-01 | 2026-12-31 |
        FY26/27                                                        | Year      | 2026-04-01 | 2027-03-31 |
        end Q2 26/27                                                   | Quarter   | 2026-07-01 | 2026-09-30 |
        H1 2026/27                                                     | Range     | 2026-04-01 | 2026-09-30 | date-approximate
        by end of summer term 2027                                     | Term      | 2027-05-01 | 2027-07-31 |
        Half term Feb 2027                                             | Month     | 2027-02-01 | 2027-02-28 | date-approximate
        Tymor yr hydref 2026                                           | Term      | 2026-09-01 | 2026-12-31 |
        2027-06-30T23:00:00Z                                           | Day       | 2027-07-01 | 2027-07-01 |
        2027-09-17T09:00:00+00:00                                      | Day       | 2027-09-17 | 2027-09-17 |
        # no dates
        '12                                                            | Unknown   |            |            | date-unread
        30/02/2012                                                     | Unknown   |            |            | date-unread
        31 Sept 2011                                                   | Unknown   |            |            | date-unread
        New Year 2012                                                  | Unknown   |            |            | date-unread
        the new year                                                   | Unknown   |            |            | date-unread
        12. November 2011                                              | Unknown   |            |            | date-unread
        01962 841841                                                   | Unknown   |            |            | date-unread
        020 7946 0018                                                  | Unknown   |            |            | date-unread
        (023) 8076-2012                                                | Unknown   |            |            | date-unread
        24/7                                                           | Unknown   |            |            | date-unread
        50/50                                                          | Unknown   |            |            | date-unread
        1:4                                                            | Unknown   |            |            | date-unread
        2 of 3                                                         | Unknown   |            |            | date-unread
        1.1                                                            | Unknown   |            |            | date-unread
        1.1.12.3                                                       | Unknown   |            |            | date-unread
        v1.2                                                           | Unknown   |            |            | date-unread
        10/11                                                          | Unknown   |            |            | date-unread
        In 2011 the council will review all its services               | Unknown   |            |            | date-unread
        Alex Moss / Nov 2024                                           | Month     | 2024-11-01 | 2024-11-30 | date-in-sentence
        Room 2012                                                      | Unknown   |            |            | date-unread
        2012 - year of change                                          | Unknown   |            |            | date-unread
        when the new term is under way                                 | Unknown   |            |            | date-unread
        Complete the review of the 2011 strategy                       | Unknown   |            |            | date-unread
        Sept 2011 if the board agrees                                  | Month     | 2011-09-01 | 2011-09-30 | date-in-sentence
        FY 2023 Budget Submission                                      | Unknown   |            |            | date-unread
        April Smith                                                    | Unknown   |            |            | date-unread
        We may march on                                                | Unknown   |            |            | date-unread
        300                                                            | Unknown   |            |            | date-unread
        £2,011                                                         | Unknown   |            |            | date-unread
                                                                       | Unknown   |            |            |
";

/// The headers of columns of reports, and the dates that they name.
const HEADERS: &str = "
        30/9/2014                      | 2014-09-30 |
        4/30/2014                      | 2014-04-30 | date-guessed
        2014-09-30 00:00:00            | 2014-09-30 |
        41912                          | 2014-09-30 | date-guessed
        Nov 2011                       | 2011-11    |
        Novmber 2011                   | 2011-11    | date-guessed
        November 2011 update           | 2011-11    |
        Update - March 2012            | 2012-03    |
        Update (Nov 11):               | 2011-11    |
        Position as at 31 March 2012   | 2012-03-31 |
        RAG status Sept '11            | 2011-09    |
        Q3 2016/17 position            | 2016-12    | date-approximate
        Progress: Jan-Mar 2012         | 2012-03    | date-approximate
        Autumn term 2011 review        | 2011-12    | date-approximate
        Update                         |            |
        March update                   |            |
        2012                           |            |
        2011/12                        |            |
        Cost 2011/12                   |            |
        Target Sept 2011 and Dec 2011? |            |
        Budget March 2012              |            |
        Completed Sept 2011            |            |
        51121                          |            |
";

fn cases(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| line.contains(" |"))
        .map(|line| line.split('|').map(str::trim).collect())
}

/// What is found in a text, as the table has it.
fn found(text: &str) -> String {
    let TargetReading { target, doubts } =
        of_cell(&Text::from_plain(text), DateConventions::default());
    let shown = |day: Option<crate::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let diagnostics: Vec<&str> = doubts.iter().map(|d| d.code.name()).collect();
    format!(
        "{:?} | {} | {} | {}",
        target.kind,
        shown(target.start),
        shown(target.due),
        diagnostics.join(" ")
    )
}

#[test]
fn dates_mean_what_people_mean_by_them() {
    let cases: Vec<_> = cases(CASES).collect();
    assert!(cases.len() >= 150);
    let mut wrong = Vec::new();
    for case in cases {
        let [text, meaning @ ..] = case.as_slice() else { panic!("{case:?}") };
        let found = found(text);
        if found != meaning.join(" | ") {
            wrong.push(format!("{text} | {found}"));
        }
        assert_eq!(Target::read(text).text, *text);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn capitals_spaces_and_a_full_stop_change_nothing() {
    for case in cases(CASES).filter(|case| !case[0].is_empty()) {
        let text = case[0];
        let spaced = format!("  {}\t", text.replace(' ', " \u{a0} "));
        for other in [text.to_uppercase(), text.to_lowercase(), spaced, format!("{text}.")] {
            assert_eq!(found(&other), found(text), "{other:?}");
        }
    }
}

#[test]
fn lines_part_dates_and_notes_or_only_wrap_them() {
    for (text, same) in [
        ("Sept\n2011", "Sept 2011"),
        ("Friday\n30 Sept 2011", "Friday 30 Sept 2011"),
        ("3\nMay 2012", "3 May 2012"),
        ("Sept 2011\nDec 2011", "Sept 2011; Dec 2011"),
        ("Sept 2011\nsubject to funding", "Sept 2011; subject to funding"),
    ] {
        let text = Text::from_plain(text);
        assert_eq!(
            of_cell(&text, DateConventions::default()).target.due,
            Target::read(same).due,
            "{same}"
        );
    }
}

#[test]
fn a_struck_date_gives_way_to_what_stands_beside_it() {
    for (markdown, due, diagnostics) in [
        ("~~June 30, 2020~~ **July 31, 2020\\***", Some("2020-07-31"), Code::DateReplaced),
        ("~~July 31, 2020~~ 90 days after guidance is issued", None, Code::DateReplaced),
        ("~~Sept 2011~~", None, Code::NoTargetDate),
        ("~~Sept 2011~~ TBC", None, Code::NoTargetDate),
    ] {
        let cell = Text::from_commonmark(markdown);
        let TargetReading { target, doubts } = of_cell(&cell, DateConventions::default());
        assert_eq!(target.due.map(|d| d.to_string()).as_deref(), due, "{markdown}");
        assert!(doubts.iter().any(|d| d.code == diagnostics), "{doubts:?}");
        assert_eq!(target.text, cell.plain());
    }
}

#[test]
fn doubts_name_what_was_taken() {
    let diagnostics = |text: &str| {
        let doubts = of_cell(&Text::from_plain(text), DateConventions::default()).doubts;
        doubts.into_iter().map(|d| d.message).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        diagnostics("40816"),
        "“40816” was read as 30 September 2011: spreadsheets keep that day as this number"
    );
    assert_eq!(
        diagnostics("51121"),
        "“51121” would be 17 December 2039, as spreadsheets count days; that is too unlikely to be taken, so it stays as typed"
    );
    assert_eq!(
        diagnostics("4/30/2014"),
        "“4/30/2014” was read as 30 April 2014: with the day first there is no such date"
    );
    assert_eq!(
        diagnostics("Weds 3 May 2012"),
        "“Weds 3 May 2012” was read as 3 May 2012: 3 May 2012 is a Thursday"
    );
    assert_eq!(
        diagnostics("Dec 2011 (was Sept 2011)"),
        "“Dec 2011” counts in place of “Sept 2011”, as the words around them say"
    );
}

#[test]
fn only_words_that_say_so_make_an_action_done() {
    for (text, done) in [
        ("Complete", true),
        ("Already actioned (Aug 11).", true),
        ("Sept 2011 - complete", true),
        ("31/03/12 (met)", true),
        ("Complete Sept 2011", false),
        ("To be completed by Sept 2011", false),
        ("Sept 2011 (not all complete yet)", false),
        ("Sept 2011 - complete subject to sign-off", false),
        ("Not complete - March 2012", false),
        ("Complete the review of the 2011 strategy", false),
    ] {
        assert_eq!(says_done(text), done, "{text}");
    }
}

#[test]
fn headers_of_reports_name_their_dates() {
    for case in cases(HEADERS) {
        let [text, date, diagnostics] = case.as_slice() else { panic!("{case:?}") };
        let found = header_date(text).map(|(date, doubts)| {
            let diagnostics: Vec<&str> = doubts.iter().map(|d| d.code.name()).collect();
            (date.to_string(), diagnostics.join(" "))
        });
        assert_eq!(
            found,
            (!date.is_empty()).then(|| ((*date).to_owned(), (*diagnostics).to_owned())),
            "{text}"
        );
    }
}

#[test]
fn a_plain_date_has_no_doubt_and_nothing_beside_it() {
    for (text, date) in [
        ("November 2011", Some("2011-11")),
        ("by end of Nov '11", Some("2011-11")),
        ("30/11/2011", Some("2011-11-30")),
        ("2011", None),
        ("Nov", None),
        ("Novmber 2011", None),
        ("4/30/2014", None),
        ("Nov 2011 (revised)", None),
        ("Sept - Nov 2011", None),
    ] {
        assert_eq!(partial_date(text).map(|d| d.to_string()).as_deref(), date, "{text}");
    }
}

#[test]
fn half_a_date_is_known_as_such() {
    for (text, half) in [
        ("Mar", true),
        ("'12", true),
        ("2012", true),
        ("Mar '12", false),
        ("", false),
        ("Dave", false),
    ] {
        assert_eq!(is_fragment(text), half, "{text}");
    }
}

#[test]
fn a_long_cell_is_only_looked_at_as_far_as_a_date_goes() {
    for (piece, kind) in [
        ("Sept 11 / ", TargetKind::Unknown),
        ("ongoing ", TargetKind::Ongoing),
        ("(", TargetKind::Unknown),
        ("1.", TargetKind::Unknown),
    ] {
        let text = piece.repeat(100_000 / piece.len());
        assert_eq!(Target::read(&text).kind, kind, "{piece}");
        assert!(tokens::TokenStream::of(&text).all.len() <= 120);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>(), year_starts in any::<i8>()) {
        of_cell(&Text::from_plain(&text), DateConventions { year_starts });
        header_date(&text);
        partial_date(&text);
    }

    #[test]
    fn any_words_of_dates_are_read_and_end_after_they_begin(
        pieces in proptest::collection::vec(0..400_usize, 0..12),
        signs in proptest::collection::vec("[-/. ,;:()'\n]{1,2}", 12),
        year_starts in 1..=12_i8,
    ) {
        let all: Vec<&str> = cases(CASES).flat_map(|case| case[0].split(' ').collect::<Vec<_>>()).collect();
        let words = pieces.iter().zip(&signs).map(|(i, sign)| format!("{}{sign}", all[(i * 7) % all.len()]));
        let text: String = words.collect();
        let TargetReading { target, doubts } = of_cell(&Text::from_plain(&text), DateConventions { year_starts });
        prop_assert!(target.start.zip(target.due).is_none_or(|(start, due)| start <= due));
        prop_assert!(target.kind != TargetKind::Unknown || !doubts.is_empty() || text.trim().is_empty(), "{text}");
        header_date(&text);
    }
}

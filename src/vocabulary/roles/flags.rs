//! What is known about words of owners, one bit each.

/// What is known about a word or a phrase, one bit each.
pub(in crate::vocabulary) type Flags = u32;

/// A post that mostly needs a subject: a manager of something.
pub(super) const POST_OF: Flags = 1;
/// A post that stands alone: a headteacher.
pub(super) const POST_ALONE: Flags = 1 << 1;
/// A body that meets: a board, a committee.
pub(super) const GATHERING: Flags = 1 << 2;
/// A body that works together: a team, a network.
pub(super) const TEAM: Flags = 1 << 15;
/// A part of an organisation: a directorate, a service.
pub(super) const UNIT: Flags = 1 << 3;
/// An organisation: the police, a trust.
pub(super) const ORGANISATION: Flags = 1 << 4;
/// People by what they are together: staff, parents.
pub(super) const PEOPLE: Flags = 1 << 5;
pub(super) const DEPARTMENT: Flags = 1 << 6;
/// A word that names of people do not hold.
pub(super) const SUBJECT: Flags = 1 << 7;
pub(super) const GIVEN_NAME: Flags = 1 << 8;
pub(super) const TITLE: Flags = 1 << 9;
pub(super) const PARTICLE: Flags = 1 << 10;
pub(super) const PLURAL: Flags = 1 << 11;
pub(super) const WELSH: Flags = 1 << 12;
pub(super) const SURNAME: Flags = 1 << 13;
/// A post or body that is also a subject of others.
pub(super) const ALSO_SUBJECT: Flags = 1 << 14;
pub(super) const POST: Flags = POST_OF | POST_ALONE;
pub(super) const BODY: Flags = GATHERING | TEAM | UNIT | ORGANISATION | PEOPLE;
/// What a caller's words for posts and bodies are.
pub(in crate::vocabulary) const ADDED_POST: Flags = POST_ALONE;
pub(in crate::vocabulary) const ADDED_BODY: Flags = GATHERING;
/// What keeps a word from being part of a person's name.
pub(super) const NOT_A_NAME: Flags = POST | BODY | DEPARTMENT | SUBJECT;

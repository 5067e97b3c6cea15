//! À venir.

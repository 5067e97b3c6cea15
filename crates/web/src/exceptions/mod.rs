//! L'accès exceptionnel à un dossier restreint : le demander, l'examiner.

pub mod demander;
pub mod examiner;

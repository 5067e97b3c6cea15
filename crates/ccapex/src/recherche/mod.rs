//! Retrouver un ménage avec ce qu'on en sait : un nom mal écrit, une rue, un téléphone, une référence.
//!
//! Pur : d'un côté les termes sous lesquels un dossier se range, de l'autre les mots d'une question,
//! et entre les deux l'accord, qui dit si une réponse convient et pourquoi.
//!
//! Ordre de lecture : [`phonetique`], [`telephone`], [`references`], [`termes`], [`question`], [`accord`].

pub mod accord;
pub mod phonetique;
pub mod question;
pub mod references;
pub mod telephone;
pub mod termes;

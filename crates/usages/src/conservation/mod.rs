//! Ce qu'on garde, jusqu'à quand, et comment cela finit : deux avis datés, puis l'identité part. L'histoire
//! et les chiffres restent.
//!
//! Ordre de lecture : [`lister`] (ce qui est dû), [`appliquer`] (ce que la veille en fait), [`demander`] (une
//! demande du ménage, un report), [`personne`] (ce qu'on remet au ménage).

pub mod appliquer;
pub mod demander;
pub mod lister;
pub mod personne;

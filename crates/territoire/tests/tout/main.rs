//! Le découpage embarqué et la recherche des communes, sur des tables qu'on peut relire.

mod donnees;
mod recherche;

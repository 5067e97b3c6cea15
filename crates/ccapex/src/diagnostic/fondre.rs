//! Deux personnes, ou deux onglets, écrivent la même rubrique : rien de ce qui est écrit ne se perd.

use super::{Champ, Rubrique, Saisie};

/// Ce que donne un envoi, fondu avec ce qui a été gardé entre-temps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fondue {
    /// La rubrique, prête à garder. Un champ en conflit y porte ce que la personne envoie.
    pub saisie: Saisie,
    /// Les champs que deux personnes ont changés, chacune à sa façon.
    pub conflits: Vec<Conflit>,
}

/// Un champ écrit deux fois.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflit {
    /// Le champ.
    pub champ: &'static Champ,
    /// Ce que l'autre a gardé ; vide s'il a effacé.
    pub autre: String,
}

/// Fond un envoi avec ce qui est gardé, champ par champ.
///
/// `ouverte` est ce que la personne avait sous les yeux. Un champ qu'elle n'a pas touché prend ce que
/// l'autre a gardé ; un champ que l'autre n'a pas touché prend ce qu'elle envoie. Un champ que les deux
/// ont changé est un conflit : c'est à une personne de choisir.
#[must_use]
pub fn fondre(
    rubrique: &'static Rubrique,
    ouverte: &Saisie,
    gardee: &Saisie,
    envoyee: &Saisie,
) -> Fondue {
    let mut fondue = Fondue::default();
    for champ in rubrique.champs {
        let cle = rubrique.cle(champ);
        let (avant, autre, moi) = (ouverte.get(&cle), gardee.get(&cle), envoyee.get(&cle));
        let retenu = if moi == avant { autre } else { moi };
        if moi != avant && autre != avant && moi != autre {
            fondue.conflits.push(Conflit { champ, autre: autre.cloned().unwrap_or_default() });
        }
        if let Some(retenu) = retenu {
            fondue.saisie.insert(cle, retenu.clone());
        }
    }
    fondue
}

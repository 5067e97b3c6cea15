//! Les essais manqués : comptés par identifiant tapé, qu'il existe ou non, et par adresse.

use jiff::SignedDuration;

use super::portier::Portier;
use crate::cle::Usage;
use crate::echec::Echec;

/// Essais manqués permis avant que l'attente commence.
const ESSAIS_LIBRES: i64 = 5;
/// L'attente double à chaque essai, jusqu'à un quart d'heure.
const ATTENTE_MAXIMALE: SignedDuration = SignedDuration::from_mins(15);
/// Un essai s'oublie après ce temps de calme.
const OUBLI: SignedDuration = SignedDuration::from_hours(1);

/// Un essai compté, qu'il reste à juger.
pub(super) struct Essai {
    cles: Vec<String>,
    objet: &'static str,
    /// L'attente qui commencera si cet essai est manqué.
    apres: Option<SignedDuration>,
}

/// Ce qu'on compte.
pub(super) enum Quoi<'a> {
    /// Un mot de passe pour cet identifiant, depuis cette adresse.
    MotDePasse { identifiant: &'a str, adresse: &'a str },
    /// Un code pour ce compte.
    Code(i64),
}

impl Portier<'_> {
    /// Compte un essai avant de le juger.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Attente`] si trop d'essais ont été manqués : celui-ci n'est pas jugé.
    pub(super) async fn essayer(&self, quoi: Quoi<'_>) -> Result<Essai, Echec> {
        let empreinte = |texte: String| self.cle.empreinte(Usage::Essai, &texte);
        let par_adresse =
            |adresse: &str| (!adresse.is_empty()).then(|| empreinte(format!("adresse {adresse}")));
        let (premiere, seconde, objet) = match quoi {
            Quoi::MotDePasse { identifiant, adresse } => (
                Some(empreinte(format!("identifiant {identifiant}"))),
                par_adresse(adresse),
                "ce mot de passe",
            ),
            Quoi::Code(compte) => (Some(empreinte(format!("code {compte}"))), None, "ce code"),
        };
        let libres: Vec<i64> = premiere
            .iter()
            .map(|_| ESSAIS_LIBRES)
            .chain(seconde.iter().map(|_| self.regles.essais_par_adresse))
            .collect();
        let cles: Vec<String> = premiere.into_iter().chain(seconde).collect();
        let attendre = |rang: usize, echecs: i64| {
            attente(echecs, libres.get(rang).copied().unwrap_or(ESSAIS_LIBRES))
        };
        let vues: Vec<&str> = cles.iter().map(String::as_str).collect();
        let comptes = self
            .stockage
            .tenter(&vues, self.maintenant, self.maintenant - OUBLI, |rang, essais| {
                Some(essais.dernier + attendre(rang, essais.echecs)?)
            })
            .await?;
        match comptes {
            Err(fin) => Err(trop_d_essais(fin.duration_since(self.maintenant), objet)),
            Ok(comptes) => {
                let apres = comptes.iter().enumerate().filter_map(|(r, n)| attendre(r, *n)).max();
                Ok(Essai { cles, objet, apres })
            }
        }
    }

    /// L'essai a réussi : il s'oublie.
    pub(super) async fn reussi(&self, essai: &Essai) -> Result<(), Echec> {
        let cles: Vec<&str> = essai.cles.iter().map(String::as_str).collect();
        Ok(self.stockage.essai_reussi(&cles).await?)
    }
}

impl Essai {
    /// Manqué : ce qu'on en dit, ou l'attente qui commence.
    pub(super) fn manque(&self, refus: &str) -> Echec {
        match self.apres {
            Some(attente) => trop_d_essais(attente, self.objet),
            None => Echec::Refus(refus.to_owned()),
        }
    }

    /// Cet essai a fait commencer l'attente.
    pub(super) fn fait_attendre(&self) -> bool {
        self.apres.is_some()
    }
}

/// L'attente après tant d'essais manqués : rien jusqu'à ceux qui sont permis, puis une minute, deux, quatre…
fn attente(essais: i64, libres: i64) -> Option<SignedDuration> {
    let de_trop = u32::try_from(essais.checked_sub(libres)?).ok()?;
    let minutes = 1_i64.checked_shl(de_trop.min(10))?;
    Some(SignedDuration::from_mins(minutes).min(ATTENTE_MAXIMALE))
}

fn trop_d_essais(reste: SignedDuration, objet: &str) -> Echec {
    let secondes = reste.as_secs();
    let reste = match (secondes + 59) / 60 {
        0 | 1 => "une minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    };
    let texte = format!(
        "Trop d'essais manqués : la connexion attend, pour qu'on ne devine pas {objet}. \
         Réessayez dans {reste}, ou demandez de l'aide à la personne qui administre les comptes."
    );
    Echec::Attente { secondes, texte }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_attente_commence_au_cinquieme_essai_et_s_arrete_a_un_quart_d_heure() {
        for (essais, minutes) in [
            (0, None),
            (4, None),
            (5, Some(1)),
            (6, Some(2)),
            (8, Some(8)),
            (9, Some(15)),
            (500, Some(15)),
        ] {
            let calculee = attente(essais, ESSAIS_LIBRES);
            assert_eq!(calculee, minutes.map(SignedDuration::from_mins), "{essais} essais");
        }
    }
}

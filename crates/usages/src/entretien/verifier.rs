//! Rejouer le journal, le comparer aux tables de lecture, relire la chaîne du registre des accès, et
//! contrôler les invariants de la maison.

use stockage::base::Stockage;
use stockage::vues::Ecart;

use crate::echec::Echec;
use crate::entretien::reconstruire::{charges, refaire};
use crate::maison::Maison;
use crate::vue;

/// Ce que la vérification a trouvé.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Les dossiers rejoués.
    pub dossiers: u64,
    /// Ceux dont la prochaine étape est celle de repli.
    pub a_examiner: u64,
    /// Les lignes du registre des accès relues.
    pub acces: u64,
    /// La dernière ligne du registre et son empreinte, à noter ailleurs que dans la base.
    pub tete_des_acces: Option<(i64, String)>,
    /// Ce qui ne va pas, en phrases ; vide quand tout concorde.
    pub defauts: Vec<String>,
}

/// Au-delà, la liste ne se lit plus.
const DEFAUTS: usize = 100;

/// Vérifie la base. Ne change rien.
///
/// # Erreurs
///
/// [`Echec`] de la base.
pub async fn verifier(maison: &Maison) -> Result<Verification, Echec> {
    let mut verification = Verification::default();
    let mut relecture = maison.stockage.relecture().await?;
    let veilles = relecture.veilles().await?;
    let mut apres = None;
    loop {
        let page = charges(&mut relecture, &veilles, apres).await?;
        let Some(dernier) = page.last() else { break };
        apres = Some(dernier.1.id);
        for (profil, charge) in &page {
            verification.dossiers += 1;
            let Some(vues) = vue::vues(charge, maison.profil(profil)?.as_ref()) else {
                verification.note(format!("Le dossier {} n'a aucun fait.", charge.id));
                continue;
            };
            if vues.dossier.clos_le.is_none() && vues.dossier.service.is_empty() {
                verification
                    .note(format!("Le dossier {} n'a pas de service en charge.", charge.reference));
            }
            if vues.dossier.clos_le.is_none() && vues.situation.etapes.is_empty() {
                verification
                    .note(format!("Le dossier {} n'a pas de prochaine étape.", charge.reference));
            }
            verification.a_examiner += u64::from(vues.dossier.etape_regle == "a_examiner");
            for (place, fait) in charge.faits.iter().enumerate() {
                if i64::try_from(place).is_ok_and(|place| fait.rang != place + 1) {
                    verification.note(format!(
                        "Le journal du dossier {} saute du rang {place} au rang {}.",
                        charge.reference, fait.rang
                    ));
                    break;
                }
            }
        }
    }
    drop(relecture);
    let chaine = maison.stockage.chaine_des_acces().await?;
    (verification.acces, verification.tete_des_acces) = (chaine.lignes, chaine.tete);
    chaine.ruptures.into_iter().for_each(|rupture| verification.note(rupture));
    let refaite = Stockage::ephemere().await?;
    refaire(maison, &refaite, None, |_| ()).await?;
    for difference in maison.stockage.differences(&refaite, DEFAUTS).await? {
        let (table, cle) = (difference.table, &difference.cle);
        verification.note(match difference.ecart {
            Ecart::EnTrop => {
                format!("{table} {cle} : la ligne est en trop, le journal ne la donne pas.")
            }
            Ecart::Manquante => format!("{table} {cle} : la ligne manque, le journal la donne."),
            Ecart::Colonnes(colonnes) => {
                format!(
                    "{table} {cle} : le journal donne autre chose pour {}.",
                    colonnes.join(", ")
                )
            }
        });
    }
    refaite.fermer().await;
    Ok(verification)
}

impl Verification {
    /// Tout concorde.
    #[must_use]
    pub fn est_bonne(&self) -> bool {
        self.defauts.is_empty()
    }

    fn note(&mut self, defaut: String) {
        if self.defauts.len() < DEFAUTS {
            self.defauts.push(defaut);
        }
    }
}

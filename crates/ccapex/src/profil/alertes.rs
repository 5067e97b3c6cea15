//! Ce qui, dans un profil valide, demande l'attention d'une personne.

use droit::calendrier::{Territoire, lendemain};
use droit::jour::Jour;
use droit::regles::commission::delai_reponse_plafond;
use jiff::civil::Date;

use super::Profil;
use super::champs::enumerer;
use super::seuils::premier_jour_de_la_loi;

/// Une alerte, prête à lire : ce qui se passe, pourquoi, quoi faire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alerte {
    /// De quoi il s'agit.
    pub sujet: SujetDAlerte,
    /// La phrase.
    pub texte: String,
}

/// De quoi une alerte parle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SujetDAlerte {
    /// Un arrêté a expiré sans successeur : des actes restent sans seuils.
    ArreteExpire,
    /// Un arrêté va expirer.
    ArreteBientotExpire,
    /// Une répartition s'applique sans être validée.
    RepartitionAValider,
    /// Des moments clés ou des critères de complexité s'appliquent sans être validés.
    CoordinationAValider,
    /// Le plafond légal des délais de réponse n'est pas connu ce jour-là.
    PlafondInconnu,
    /// Une coordonnée reste à vérifier.
    CoordonneeAVerifier,
    /// Une formation de la commission reste à confirmer.
    SousCommissionAConfirmer,
}

impl Profil {
    /// Les alertes d'un profil ce jour-là, par sujet.
    pub fn alertes(&self, jour: Date) -> Vec<Alerte> {
        let mut alertes = self.alertes_des_arretes(jour);
        let mut ajouter = |sujet, texte| alertes.push(Alerte { sujet, texte });
        if let Some(table) = self.repartition(jour).filter(|table| table.a_valider) {
            ajouter(
                SujetDAlerte::RepartitionAValider,
                format!(
                    "La répartition entre services sociaux en vigueur depuis le {} est à valider : elle vient de « {} », sans validation connue du comité responsable du plan. Faites-la valider, ou remplacez-la.",
                    Jour(table.du),
                    table.source
                ),
            );
        }
        for (quoi, noms) in [
            ("moments clés où l'on alerte", self.moments_a_valider()),
            ("critères d'un cas complexe", self.criteres_a_valider()),
        ] {
            if !noms.is_empty() {
                ajouter(
                    SujetDAlerte::CoordinationAValider,
                    format!(
                        "Des {quoi} sont empruntés à un autre territoire ou choisis sans texte, et s'appliquent : {}. Faites-les valider, ou remplacez-les.",
                        enumerer(noms.iter())
                    ),
                );
            }
        }
        if delai_reponse_plafond(jour).is_none() {
            ajouter(
                SujetDAlerte::PlafondInconnu,
                format!(
                    "Le plafond légal des délais de réponse n'est pas connu au {} : ceux du règlement intérieur n'ont été comparés qu'au dernier plafond connu. Faites vérifier le texte en vigueur.",
                    Jour(jour)
                ),
            );
        }
        for contact in self.contacts.iter().filter(|c| c.source.certitude.est_a_verifier()) {
            ajouter(
                SujetDAlerte::CoordonneeAVerifier,
                format!(
                    "Les coordonnées de « {} » sont à vérifier : elles viennent de « {} ». Confirmez-les avant d'envoyer des lettres.",
                    contact.nom, contact.source
                ),
            );
        }
        for formation in
            self.sous_commissions.iter().filter(|s| s.mode.as_deref() == Some("a_preciser"))
        {
            ajouter(
                SujetDAlerte::SousCommissionAConfirmer,
                format!(
                    "« {} » est à confirmer. {}",
                    formation.nom,
                    formation.remarque.as_deref().unwrap_or("")
                ),
            );
        }
        alertes
    }

    fn moments_a_valider(&self) -> Vec<String> {
        let empruntes = self.moments.iter().filter(|m| m.a_valider);
        empruntes.map(|m| format!("« {} » ({})", m.nom, m.source)).collect()
    }

    fn criteres_a_valider(&self) -> Vec<String> {
        let empruntes = self.criteres.iter().filter(|c| c.a_valider);
        empruntes.map(|c| format!("« {} » ({})", c.nom, c.source)).collect()
    }

    fn alertes_des_arretes(&self, jour: Date) -> Vec<Alerte> {
        let mut alertes = Vec::new();
        for (rang, arrete) in self.arretes.iter().enumerate() {
            let Some(au) = arrete.version.au else { continue };
            let apres = lendemain(au);
            let remplace = premier_jour_de_la_loi() == Some(apres)
                || self.arretes[rang + 1..].iter().any(|autre| autre.version.du <= apres);
            let preavis = self.fonctionnement.alerte_avant_expiration.valeur;
            if remplace || jour < arrete.version.du {
                continue;
            }
            let (nom, fin) = (&arrete.nom, Jour(au));
            if jour > au {
                let jusqu_a = premier_jour_de_la_loi()
                    .filter(|loi| *loi <= jour)
                    .map_or_else(String::new, |loi| {
                        format!(" et avant le {}, où la loi les fixe", Jour(loi))
                    });
                alertes.push(Alerte {
                    sujet: SujetDAlerte::ArreteExpire,
                    texte: format!("L'{nom} a expiré le {fin} ({}) : après ce jour{jusqu_a}, les seuils de signalement sont inconnus. Ajoutez au profil l'arrêté qui l'a remplacé.", arrete.duree),
                });
            } else if preavis.terme(jour, &Territoire::Metropole) >= au {
                alertes.push(Alerte {
                    sujet: SujetDAlerte::ArreteBientotExpire,
                    texte: format!(
                        "L'{nom} expire le {fin} ({}). Préparez l'arrêté qui le remplacera.",
                        arrete.duree
                    ),
                });
            }
        }
        alertes
    }
}

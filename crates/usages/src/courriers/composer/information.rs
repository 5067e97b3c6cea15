//! Au ménage, à chaque stade : le texte de la page publique, avec les dates de son dossier.

use ccapex::cours::Cours;
use ccapex::cours::etat::{EtatParallele, Stade};
use ccapex::cours::horloge::Horloge;
use ccapex::menage::{
    DateUtile, Echeance, Guichet as GuichetDuMenage, dates_utiles, explication,
    explication_de_situation,
};
use ccapex::profil::Profil;
use documents::lettre::Lettre;
use documents::lettre::commun::{DateExpliquee, Guichet, Moment};
use documents::lettre::information_menage::{Annonce, Conseil, InformationMenage, Porte};
use droit::jour::Jour;
use jiff::civil::Date;

use super::{Sujet, joindre};

impl Sujet<'_> {
    /// Le texte du stade ou de la situation, avec les dates du dossier.
    pub(super) fn information(&self, code: &str) -> Option<Lettre> {
        let texte = match Stade::de_code(code) {
            Some(stade) => explication(stade, self.le),
            None => explication_de_situation(EtatParallele::de_code(code)?, self.le)?,
        };
        let horloge = Horloge::au(self.le);
        let tentatives = self.profil.tentatives_avant_sans_nouvelles();
        let cours = Cours::de(self.dossier, tentatives, &horloge);
        let dates = dates_utiles(texte, &cours, self.le);
        let inconnues =
            texte.avant_quand.iter().filter(|a| dates.iter().all(|d| d.echeance != a.echeance));
        Some(Lettre::InformationMenage(InformationMenage {
            entete: self.entete(self.chez_le_locataire()),
            titre: texte.titre.to_owned(),
            ou_en_est_on: texte.ou_en_est_on.iter().map(|&p| p.to_owned()).collect(),
            conseils: texte
                .ce_que_vous_pouvez_faire
                .iter()
                .map(|c| Conseil { quoi: c.quoi.to_owned(), comment: c.comment.to_owned() })
                .collect(),
            en_general: inconnues.map(|a| a.en_general.to_owned()).collect(),
            calcul: dates.iter().any(|d| d.echeance != Echeance::Audience),
            dates: dates.iter().map(|d| annonce(d, self.le)).collect(),
            portes: texte.avec_qui.iter().map(|g| porte(self.profil, *g)).collect(),
            ce_qui_ne_change_pas: texte
                .ce_qui_ne_change_pas
                .iter()
                .map(|&p| p.to_owned())
                .collect(),
        }))
    }
}

/// Une date du dossier, et d'où elle vient.
fn annonce(date: &DateUtile, le: Date) -> Annonce {
    let origine = match date.echeance {
        Echeance::Audience => "date portée sur l’assignation, ou fixée par le juge depuis",
        Echeance::FinDuCommandement => "délai légal, compté du jour du commandement de payer",
        Echeance::FinDuCql => "délai légal, compté du commandement de quitter les lieux",
        Echeance::FinDesDelais | Echeance::FinDesDelaisDuJuge => {
            "délais écrits dans la décision du juge"
        }
        Echeance::FinDeLaTreve => "dernier jour fixé par la loi pour cet hiver",
        Echeance::FinDuPlan => "nombre de mensualités du plan, depuis sa signature",
        Echeance::FinDuProtocole => "durée du protocole, depuis sa signature",
        Echeance::Appel | Echeance::Meubles => "délai écrit dans l’acte remis",
    };
    Annonce {
        annonce: date.annonce.to_owned(),
        date: DateExpliquee {
            jour: Jour(date.jour).to_string(),
            explication: vec![origine.to_owned()],
            moment: Moment::AVenir,
        }
        .lue_le(date.jour, le),
    }
}

/// Un guichet : celui du territoire s'il le donne, sinon son nom de partout.
fn porte(profil: &Profil, guichet: GuichetDuMenage) -> Porte {
    let contact = profil.contact(guichet.code());
    Porte {
        role: guichet.role().to_owned(),
        guichet: Guichet {
            nom: contact.map_or_else(|| guichet.nom().to_owned(), |c| c.nom.clone()),
            joindre: contact.and_then(joindre),
        },
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::courriers::modeles::est_connu;

    #[test]
    fn chaque_texte_du_menage_a_sa_lettre() {
        let jour = date(2027, 1, 1);
        let stades = Stade::TOUS.iter().map(|s| explication(*s, jour));
        let situations =
            EtatParallele::TOUS.iter().filter_map(|e| explication_de_situation(*e, jour));
        for texte in stades.chain(situations) {
            assert!(est_connu(&format!("information_{}", texte.code)), "{}", texte.code);
        }
    }

    #[test]
    fn un_guichet_absent_du_profil_garde_son_nom_de_partout() {
        let profil = Profil::integre("62").unwrap();
        let siao = porte(&profil, GuichetDuMenage::Siao);
        assert_eq!(siao.guichet.nom, "SIAO, numéro d’appel 115");
        let adil = porte(&profil, GuichetDuMenage::Adil);
        assert_eq!(adil.guichet.nom, "ADIL du Nord et du Pas-de-Calais");
        assert!(adil.guichet.joindre.is_some());
    }
}

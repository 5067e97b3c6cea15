//! Un dossier que la recherche rapporte : de quoi le comparer, puis de quoi le montrer.

use std::collections::BTreeSet;

use ccapex::identifiants::DossierId;
use ccapex::partenaires::habilitation::Situation;
use ccapex::partenaires::partie::Parties;
use jiff::civil::Date;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::SANS_ECHEANCE;
use crate::dossier::{nommes_lus, parties_lues};
use crate::echec::Echec;

/// Un dossier, tel qu'une recherche le compare : la plupart ne se montrent pas, et n'ont pas à se lire en
/// entier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidat {
    /// Le dossier.
    pub id: DossierId,
    /// Sa référence.
    pub reference: String,
    /// Le nom, pour l'affichage.
    pub nom: String,
    /// L'adresse, pour l'affichage.
    pub adresse: String,
    /// Les mots de ses noms.
    pub mots: Vec<String>,
    /// S'il est clos.
    pub clos: bool,
}

impl DepuisLigne for Candidat {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: DossierId(l.entier("id")?),
            reference: l.texte("reference")?,
            nom: l.texte("nom")?,
            adresse: l.texte("adresse")?,
            mots: l.texte("mots")?.split_whitespace().map(str::to_owned).collect(),
            clos: l.jour_ou_rien("clos_le")?.is_some(),
        })
    }
}

/// Un dossier, tel qu'une recherche le montre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouve {
    /// Le dossier.
    pub id: DossierId,
    /// Sa référence.
    pub reference: String,
    /// Son profil.
    pub profil: String,
    /// Le nom, pour l'affichage.
    pub nom: String,
    /// L'adresse, pour l'affichage.
    pub adresse: String,
    /// Le code de la commune.
    pub commune: String,
    /// Le stade rangé.
    pub stade: String,
    /// Le statut de la dernière notice.
    pub statut: String,
    /// Sa sous-commission.
    pub sous_commission: String,
    /// Les organismes qui en voient quelque chose.
    pub parties: Parties,
    /// Ceux qui peuvent seuls l'ouvrir ; rien quand son accès n'est pas restreint.
    pub nommes: Option<BTreeSet<String>>,
    /// La fin du délai du dernier acte.
    pub fin_delai: Option<Date>,
    /// Le service en charge.
    pub service: String,
    /// Le jour de la clôture.
    pub clos_le: Option<Date>,
    /// Avant quand vient la prochaine étape.
    pub etape_avant_le: Option<Date>,
}

impl Trouve {
    /// Ce qui, du dossier, décide de qui peut le voir.
    #[must_use]
    pub fn situation(&self) -> Situation<'_> {
        Situation {
            dossier: self.id,
            profil: &self.profil,
            sous_commission: &self.sous_commission,
            service: &self.service,
            parties: &self.parties,
            nommes: self.nommes.as_ref(),
        }
    }
}

impl DepuisLigne for Trouve {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let etape = l.texte("etape_avant_le")?;
        Ok(Self {
            id: DossierId(l.entier("id")?),
            reference: l.texte("reference")?,
            nom: l.texte("nom")?,
            adresse: l.texte("adresse")?,
            commune: l.texte("commune")?,
            stade: l.texte("stade")?,
            statut: l.texte("statut")?,
            sous_commission: l.texte("sous_commission")?,
            parties: parties_lues(&l.texte("parties")?)?,
            nommes: nommes_lus(&l.texte("nommes")?),
            profil: l.texte("profil")?,
            fin_delai: l.jour_ou_rien("fin_delai")?,
            service: l.texte("service")?,
            clos_le: l.jour_ou_rien("clos_le")?,
            etape_avant_le: (etape != SANS_ECHEANCE).then(|| etape.parse()).transpose()?,
        })
    }
}
